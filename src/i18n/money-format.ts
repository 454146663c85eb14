import { exponentOf } from '#billing/money.ts'
import type { Direction } from './locales.ts'

// Currencies whose narrow symbol belongs to no other currency a customer could take it for.
const NARROW = new Set('USD EUR GBP INR KRW PLN CZK HUF TRY UAH ILS VND PHP NGN BRL THB KZT GEL RUB'.split(' '))

/** Formats integers of minor units exactly, whatever their size: Intl is given a decimal string, never a float. */
export function moneyFormat(intlLocale: string, dir: Direction): (amount: number, currency: string) => string {
  const formats = new Map<string, (amount: number) => string>()
  return (amount, currency) => {
    const known = formats.get(currency)
    if (known) return known(amount)
    const format = currencyFormat(intlLocale, dir, currency)
    formats.set(currency, format)
    return format(amount)
  }
}

/** Formats decimals of minor units with all their places: the price of one unit may be far below a cent. '0.25' USD is "$0.0025". */
export function unitPriceFormat(intlLocale: string, dir: Direction): (price: string, currency: string) => string {
  return (price, currency) => {
    const exponent = exponentOf(currency)
    const format = numberFormat(intlLocale, currency, { fewest: exponent, most: exponent + PLACES })
    // The exponent divides without rounding.
    const number = `${price}e-${exponent}` as Intl.StringNumericLiteral
    return dir === 'ltr' ? format.format(number) : rightToLeft(format.formatToParts(number))
  }
}

const PLACES = 12

function currencyFormat(intlLocale: string, dir: Direction, currency: string): (amount: number) => string {
  const exponent = exponentOf(currency)
  const format = numberFormat(intlLocale, currency, { fewest: exponent, most: exponent })
  if (dir === 'ltr') return (amount) => format.format(decimal(amount, exponent))
  return (amount) => rightToLeft(format.formatToParts(decimal(amount, exponent)))
}

function numberFormat(intlLocale: string, currency: string, places: { fewest: number; most: number }) {
  return new Intl.NumberFormat(intlLocale, {
    style: 'currency',
    currency,
    currencyDisplay: NARROW.has(currency) ? 'narrowSymbol' : 'symbol',
    minimumFractionDigits: places.fewest,
    maximumFractionDigits: places.most,
  })
}

/** 2900 with exponent 2 is "29.00"; −5 is "-0.05". */
function decimal(amount: number, exponent: number): Intl.StringNumericLiteral {
  if (!Number.isSafeInteger(amount)) throw new RangeError('an amount is an integer of minor units')
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`
  return `${amount < 0 ? '-' : ''}${whole}${fraction}` as Intl.StringNumericLiteral
}

/** One right-to-left isolate; a Latin symbol is an isolate of its own, else "US$" would come out as "$US". */
function rightToLeft(parts: Intl.NumberFormatPart[]): string {
  const text = parts.map(({ type, value }) => {
    if (type !== 'currency') return value
    const symbol = value === 'US$' ? '$' : value
    return /[a-z]/i.test(symbol) ? `\u2066${symbol}\u2069` : symbol
  })
  return `\u2067${text.join('')}\u2069`
}
