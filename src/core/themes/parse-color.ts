// The colours a merchant may write, and the one form in which they are kept: sRGB in hexadecimal. Nothing else reaches a stylesheet or
// a mail, so no value can leave its property.
import { colorNames } from './color-names.ts'
import { fromHsl, fromHwb, fromLab, fromOklab, fromPolar, namedSpaces, type Triple } from './color-spaces.ts'

const MAX_LENGTH = 100
const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/
const CALL = /^(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(([^()]*)\)$/
const COMPONENT = /^([+-]?(?:\d{1,6}(?:\.\d{1,10})?|\.\d{1,10}))(%|deg|grad|rad|turn)?$/
const DEGREES: Record<string, number> = { deg: 1, grad: 0.9, rad: 180 / Math.PI, turn: 360 }

/**
 * "#RRGGBB" in small letters, with two more digits where it is translucent; undefined where the text is no colour. Reads what CSS
 * does: hexadecimal with or without `#`, colour functions, names. What sRGB cannot show is the nearest it can.
 */
export function parseColor(text: string): string | undefined {
  const color = text.trim().toLowerCase()
  if (color.length > MAX_LENGTH) return undefined
  const digits = HEX.exec(color)?.[1]
  if (digits !== undefined) return canonical(digits.length < 6 ? digits.replaceAll(/./g, '$&$&') : digits)
  const named = colorNames.get(color)
  if (named !== undefined) return named
  const [, name = '', inner = ''] = CALL.exec(color) ?? []
  return name === '' ? undefined : call(name, inner)
}

function canonical(digits: string): string {
  return `#${digits.length === 8 && digits.endsWith('ff') ? digits.slice(0, 6) : digits}`
}

/** How a component is written: the number that 100 % stands for, and whether it is an angle. */
interface Scale {
  full?: number
  angle?: true
}

interface Space {
  scales: [Scale, Scale, Scale]
  /** May be written with commas, as in older CSS. */
  commas?: true
  toRgb(color: Triple): Triple
}

const hue: Scale = { angle: true }
const hundred: Scale = { full: 100 }
const fraction: Scale = { full: 1 }
const byte: Scale = { full: 255 }
const byHundred = (to: (color: Triple) => Triple) => (color: Triple) => to([color[0], color[1] / 100, color[2] / 100])

const rgb: Space = { scales: [byte, byte, byte], commas: true, toRgb: ([r, g, b]) => [r / 255, g / 255, b / 255] }
const hsl: Space = { scales: [hue, hundred, hundred], commas: true, toRgb: byHundred(fromHsl) }
const spaces: Record<string, Space> = {
  rgb,
  rgba: rgb,
  hsl,
  hsla: hsl,
  hwb: { scales: [hue, hundred, hundred], toRgb: byHundred(fromHwb) },
  lab: { scales: [hundred, { full: 125 }, { full: 125 }], toRgb: fromLab },
  lch: { scales: [hundred, { full: 150 }, hue], toRgb: (color) => fromLab(fromPolar(color)) },
  oklab: { scales: [fraction, { full: 0.4 }, { full: 0.4 }], toRgb: fromOklab },
  oklch: { scales: [fraction, { full: 0.4 }, hue], toRgb: (color) => fromOklab(fromPolar(color)) },
}

function call(name: string, inner: string): string | undefined {
  const parts = split(inner)
  if (parts === undefined) return undefined
  const space = name === 'color' ? namedSpace(parts.words.shift() ?? '') : spaces[name]
  if (space === undefined || (parts.commas && !space.commas) || parts.words.length !== 3) return undefined
  const color = parts.words.map((word, index) => component(word, space.scales[index] ?? fraction))
  const alpha = parts.alpha === undefined ? 1 : component(parts.alpha, fraction)
  if (alpha === undefined || color.includes(undefined)) return undefined
  return toHex(space.toRgb(color as unknown as Triple), alpha)
}

function namedSpace(name: string): Space | undefined {
  const toRgb = Object.hasOwn(namedSpaces, name) ? namedSpaces[name] : undefined
  return toRgb && { scales: [fraction, fraction, fraction], toRgb }
}

/** "1 2 3 / 0.5" or "1, 2, 3, 0.5". */
function split(inner: string): { words: string[]; alpha?: string | undefined; commas: boolean } | undefined {
  if (inner.includes(',')) {
    const [a = '', b = '', c = '', alpha, ...rest] = inner.split(',').map((word) => word.trim())
    return rest.length > 0 ? undefined : { words: [a, b, c], alpha, commas: true }
  }
  const [front = '', alpha, ...rest] = inner.split('/')
  return rest.length > 0 ? undefined : { words: front.trim().split(/\s+/), alpha: alpha?.trim(), commas: false }
}

function component(word: string, { full = 1, angle }: Scale): number | undefined {
  if (word === 'none') return 0
  const [, digits, unit] = COMPONENT.exec(word) ?? []
  if (digits === undefined) return undefined
  const number = Number(digits)
  if (unit === undefined) return number
  if (angle) return unit === '%' ? undefined : number * (DEGREES[unit] ?? 1)
  return unit === '%' ? (number / 100) * full : undefined
}

export function toHex(rgb: Triple, alpha = 1): string {
  const two = (value: number) =>
    Math.round(Math.min(Math.max(value, 0), 1) * 255)
      .toString(16)
      .padStart(2, '0')
  return canonical([...rgb, alpha].map(two).join(''))
}

/** Of a colour as it is kept: three fractions, and how much of it covers what is behind. */
export function readHex(hex: string): { rgb: Triple; alpha: number } {
  const [r = 0, g = 0, b = 0, alpha = 255] = [...hex.matchAll(/[0-9a-f]{2}/g)].map(([pair]) =>
    Number.parseInt(pair, 16),
  )
  return { rgb: [r / 255, g / 255, b / 255], alpha: alpha / 255 }
}
