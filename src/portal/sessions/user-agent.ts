// What browsers say of themselves, in the words people know. Each claims to be several; the rarest name in it is the true one.

const browsers: [string, RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPiOS|Opera)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|Chromium|HeadlessChrome|CriOS)\//],
  ['Safari', /\bSafari\//],
]

const systems: [string, RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac(?:intosh| OS X)\b/],
  ['Linux', /\bLinux\b/],
]

export interface Described {
  browser: string
  system: string
}

/** Null where either is not known. */
export function describeUserAgent(user_agent: string | null): Described | null {
  const named = (names: [string, RegExp][]) => names.find(([, pattern]) => pattern.test(user_agent ?? ''))?.[0]
  const browser = named(browsers)
  const system = named(systems)
  return browser === undefined || system === undefined ? null : { browser, system }
}
