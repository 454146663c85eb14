// Ids: the API's prefix and 21 base62 characters, ordered by time: 48 bits of milliseconds, then 77 random bits, so that inserts stay
// local in an index and nobody can guess a neighbour.
import { randomBytes } from 'node:crypto'

export const idPrefixes = {
  business: 'bus',
  cancellation_offer: 'cof',
  api_key: 'key',
  api_request: 'req',
  customer: 'cus',
  product: 'pdt',
  product_collection: 'pdc',
  addon: 'adn',
  subscription: 'sub',
  plan_change: 'chg',
  credit_entry: 'cre',
  checkout_session: 'cks',
  dues: 'due',
  payment: 'pay',
  pay_link: 'pyl',
  payment_method: 'pm',
  method_setup: 'set',
  invoice: 'inv',
  invoice_correction: 'inc',
  refund: 'ref',
  license_key: 'lic',
  event: 'evt',
  email: 'eml',
  email_change: 'emc',
  audit_entry: 'aud',
  access_link: 'lnk',
  brand: 'brnd',
  credit_entitlement: 'cde',
  credit_balance: 'ccb',
  credit_grant: 'cgr',
  credit_ledger_entry: 'cle',
  credit_note: 'crn',
  product_credit: 'pcm',
  discount: 'dsc',
  dispute: 'dsp',
  dunning_attempt: 'dun',
  entitlement: 'ent',
  entitlement_grant: 'entg',
  license_key_instance: 'lki',
  localized_price: 'lcp',
  meter: 'mtr',
  usage_charge: 'uch',
  quote: 'quo',
  tax_rate: 'txr',
  wallet_entry: 'wle',
  webhook: 'whk',
  webhook_delivery: 'whd',
  sign_in_request: 'sir',
  address_sign_in: 'asi',
  portal_session: 'ses',
} as const

export type IdKind = keyof typeof idPrefixes

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 21
const RANDOM_BITS = 77n

/** A new id; `epochMilliseconds` is wall time, never a business's test clock. */
export function newId(kind: IdKind, epochMilliseconds = Temporal.Now.instant().epochMilliseconds): string {
  const random = BigInt(`0x${randomBytes(10).toString('hex')}`) >> (80n - RANDOM_BITS)
  return `${idPrefixes[kind]}_${base62((BigInt(epochMilliseconds) << RANDOM_BITS) | random, LENGTH)}`
}

/** A secret of 256 bits, in base62: API keys, session cookies. */
export function newSecret(): string {
  return base62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43)
}

/** Left-padded base62 of a non-negative integer; its order as text is its order as a number. */
export function base62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = ALPHABET[Number(rest % 62n)] + text
  return text.padStart(length, '0')
}
