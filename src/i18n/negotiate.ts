import { findMessages } from './catalog.ts'
import { completeLocales, defaultLocale, type Locale } from './locales.ts'

export interface LanguageWishes {
  /** `?locale=`, this request only. */
  query?: string | null
  /** The choice made in this browser. */
  cookie?: string | null
  /** The language kept with the customer. */
  stored?: string | null
  acceptLanguage?: string | null
}

// Names that browsers send for a language we list under another one.
const aliases: Record<string, string> = {
  iw: 'he',
  in: 'id',
  cmn: 'zh',
  yue: 'zh',
  wuu: 'zh',
  nan: 'zh',
  hak: 'zh',
  gan: 'zh',
  hsn: 'zh',
  arb: 'ar',
  arz: 'ar',
  zsm: 'ms',
  mo: 'ro',
  gsw: 'de',
}

const MAX_HEADER = 1_000
const WEIGHT = /^q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i
const RANGE = /^(?:\*|[a-z]{1,8}(?:[-_][a-z0-9]{1,8})*)$/i

/** The most explicit wish that can be met: the query, the cookie, the stored language, the browser's list, else English. */
export function negotiate(
  wishes: LanguageWishes,
  available: readonly Locale[] = completeLocales.map(({ code }) => code),
): Locale {
  const chosen = [wishes.query, wishes.cookie, wishes.stored]
  for (const wish of chosen) {
    const locale = match(wish, available)
    if (locale) return locale
  }
  return fromHeader(wishes.acceptLanguage ?? '', available) ?? defaultLocale
}

function match(wish: string | null | undefined, available: readonly Locale[]): Locale | undefined {
  if (!wish) return undefined
  const tag = wish.trim()
  if ((tag === 'en-XA' || tag === 'zh-XA') && findMessages(tag)) return tag
  if (!RANGE.test(tag)) return undefined
  const language = languageOf(tag)
  return available.find((code) => code === language)
}

function languageOf(tag: string): string {
  const language = tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? ''
  return Object.hasOwn(aliases, language) ? (aliases[language] ?? language) : language
}

interface Range {
  tag: string
  weight: number
}

function fromHeader(header: string, available: readonly Locale[]): Locale | undefined {
  const ranges = header.slice(0, MAX_HEADER).split(',').map(parseRange)
  const usable = ranges.filter((range) => range !== undefined)
  // "en-GB;q=0" refuses one variety, "en;q=0" the language.
  const refused = new Set(usable.filter(({ weight }) => weight === 0).map(({ tag }) => tag.toLowerCase()))
  const left = available.filter((code) => !refused.has(code))
  const wanted = usable.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  for (const { tag } of wanted) {
    const locale = tag === '*' ? left[0] : match(tag, left)
    if (locale) return locale
  }
  return undefined
}

function parseRange(part: string): Range | undefined {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim())
  if (!RANGE.test(tag)) return undefined
  const parameter = parameters.find((piece) => /^q\s*=/i.test(piece))
  if (parameter === undefined) return { tag, weight: 1 }
  const weight = WEIGHT.exec(parameter)?.[1]
  return weight === undefined ? undefined : { tag, weight: Number(weight) }
}
