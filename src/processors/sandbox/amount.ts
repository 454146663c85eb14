// Amounts as the hosted page shows them, and the smallest one the sandbox charges.

const EXPONENT_0 = new Set('BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '))
const EXPONENT_3 = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))
const EXPONENT_4 = new Set('CLF UYW'.split(' '))

/** Minor units, in every currency. */
export const MINIMUM_AMOUNT = 50

/** 1234 USD → '$12.34'. Exponents are ISO 4217's; those of Intl differ in some currencies. */
export function formatAmount(amount: number, currency: string): string {
  const digits = exponentOf(currency)
  const padded = String(amount).padStart(digits + 1, '0')
  const decimal = digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(decimal as `${number}`)
}

function exponentOf(currency: string): number {
  if (EXPONENT_0.has(currency)) return 0
  if (EXPONENT_3.has(currency)) return 3
  return EXPONENT_4.has(currency) ? 4 : 2
}
