// How one language says things: messages, money, dates, numbers. Made once for a locale and time zone and kept.

import { findMessages, getEnglish, type MessageKey, type Messages } from './catalog.ts'
import { type DateFormats, dateFormats } from './date-format.ts'
import { fileSizeFormat } from './file-size-format.ts'
import { type Direction, directionOf, type Locale } from './locales.ts'
import { type CompiledMessage, compileMessage, type MessageValues } from './message.ts'
import { moneyFormat, unitPriceFormat } from './money-format.ts'

export type { MessageKey } from './catalog.ts'
export type { When } from './date-format.ts'

export type IntervalUnit = 'Day' | 'Week' | 'Month' | 'Year'

export interface Translator extends DateFormats {
  locale: Locale
  dir: Direction
  /** IANA name in which instants are shown. */
  timeZone: string
  t(key: MessageKey, values?: MessageValues): string
  /** `amount` in minor units. */
  money(amount: number, currency: string): string
  /** What one unit costs: a decimal of minor units with all its places. '0.25' USD is "$0.0025". */
  unitPrice(price: string, currency: string): string
  number(value: number): string
  /** A decimal with all its places: '1234.5' is "1,234.5". */
  decimal(value: string): string
  /** Of so many bytes: "1.4 MB". */
  fileSize(bytes: number): string
  /** 8.25 is "8.25%". */
  percent(value: number): string
  /** "3 months" */
  interval(count: number, unit: IntervalUnit): string
  /** "per month", "every 3 months" */
  perInterval(count: number, unit: IntervalUnit): string
  /** "$87.00 every 3 months"; `amount` in minor units. */
  price(amount: number, currency: string, count: number, unit: IntervalUnit): string
  /** "a, b, and c" */
  list(items: readonly string[]): string
}

type Words = Omit<Translator, 'timeZone' | keyof DateFormats>

const words = new Map<Locale, Words>()
const translators = new Map<string, Translator>()

/** A locale without messages gets English. Instants are shown in UTC unless a time zone is named. */
export function translator(locale: Locale, timeZone = 'UTC'): Translator {
  const name = `${locale} ${timeZone}`
  const known = translators.get(name)
  if (known) return known
  const spoken = findMessages(locale) ? locale : 'en'
  const made = { ...wordsOf(spoken), ...dateFormats(intlLocale(spoken), timeZone), timeZone }
  translators.set(name, made)
  return made
}

export function forgetTranslators(): void {
  words.clear()
  translators.clear()
}

/**
 * Latin digits and the Gregorian calendar everywhere: card numbers, invoice numbers and bank statements are printed so,
 * and columns of money align.
 */
function intlLocale(locale: Locale): string {
  return `${locale.slice(0, 2)}-u-ca-gregory-nu-latn`
}

function wordsOf(locale: Locale): Words {
  const known = words.get(locale)
  if (known) return known
  const made = makeWords(locale, findMessages(locale) ?? getEnglish())
  words.set(locale, made)
  return made
}

function makeWords(locale: Locale, messages: Messages): Words {
  const intl = intlLocale(locale)
  const dir = directionOf(locale)
  const t = speaker(messages, intl, dir)
  const money = moneyFormat(intl, dir)
  const numbers = new Intl.NumberFormat(intl)
  const percents = new Intl.NumberFormat(intl, { style: 'percent', maximumFractionDigits: 4 })
  const decimals = new Intl.NumberFormat(intl, { maximumFractionDigits: 12 })
  const lists = new Intl.ListFormat(intl, { type: 'conjunction' })
  const perInterval = (count: number, unit: IntervalUnit) => t('interval.per', { count, unit })
  return {
    locale,
    dir,
    t,
    money,
    unitPrice: unitPriceFormat(intl, dir),
    number: (value) => numbers.format(value),
    decimal: (value) => decimals.format(value as Intl.StringNumericLiteral),
    fileSize: fileSizeFormat(intl),
    // The exponent divides by a hundred without rounding.
    percent: (value) => percents.format(`${value}e-2` as Intl.StringNumericLiteral),
    interval: (count, unit) => t('interval.duration', { count, unit }),
    perInterval,
    price: (amount, currency, count, unit) =>
      t('price.per_interval', { price: money(amount, currency), interval: perInterval(count, unit) }),
    list: (items) => lists.format(items),
  }
}

function speaker(messages: Messages, intl: string, dir: Direction): Translator['t'] {
  const compiled = new Map<MessageKey, CompiledMessage>()
  const english = getEnglish()
  const none: MessageValues = {}
  return (key, values = none) => {
    let message = compiled.get(key)
    if (message === undefined) {
      message = compileMessage(messages[key] ?? english[key], intl, dir)
      compiled.set(key, message)
    }
    return typeof message === 'string' ? message : message(values)
  }
}
