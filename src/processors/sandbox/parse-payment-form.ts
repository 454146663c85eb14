// The hosted page's form, checked. A card number leaves this file only as network, country and last four digits.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { hasExpired } from './charge.ts'
import type { Offer } from './offer.ts'
import type { EnteredMethod } from './pay-page.ts'
import { findTestCard, isLuhnValid, type TestCard, testUpiIds } from './test-cards.ts'

/** What is shown again after an error: never number or CVC. */
export interface TypedAgain {
  pay_with: 'card' | 'upi'
  expiry: string
  name: string
  upi_id: string
}

export type FormErrors = Partial<Record<'number' | 'expiry' | 'cvc' | 'name' | 'upi_id', string>>

export type ParsedForm = { typed: TypedAgain } & (
  | { ok: true; entered: EnteredMethod }
  | { ok: false; errors: FormErrors }
)

const text = (max: number) => z.string().max(max).catch('').default('')
const formSchema = z.object({
  pay_with: z.enum(['card', 'upi']).catch('card'),
  number: text(40),
  expiry: text(12),
  cvc: text(8),
  name: text(200),
  upi_id: text(100),
})
type Form = z.infer<typeof formSchema>

const NOT_A_TEST_CARD = 'Only the test cards listed below work here. Never enter a real card; nothing of it was kept.'
/** Letters, marks and signs of any script, but no control characters. */
const NAME = /^[^\p{Cc}\p{Cs}]{1,100}$/u

export function parsePaymentForm(body: unknown, offer: Offer, now: Temporal.Instant): ParsedForm {
  const form = formSchema.parse(body)
  const typed: TypedAgain = {
    pay_with: payWith(offer, form.pay_with),
    expiry: form.expiry,
    name: form.name,
    upi_id: form.upi_id,
  }
  return typed.pay_with === 'upi' ? parseUpi(form, typed) : parseCard(form, typed, offer, now)
}

/** What was chosen, where there is a choice. */
export function payWith({ funding, upi }: Offer, chosen: TypedAgain['pay_with']): TypedAgain['pay_with'] {
  if (funding.length === 0) return 'upi'
  return upi ? chosen : 'card'
}

function parseUpi(form: Form, typed: TypedAgain): ParsedForm {
  const upi_id = form.upi_id.trim().toLowerCase()
  const known = testUpiIds.find((candidate) => candidate.upi_id === upi_id)
  if (known === undefined) return { ok: false, typed, errors: { upi_id: 'Enter success@upi or failure@upi' } }
  const { on_page, off_session } = known
  const noCard = {
    card_network: null,
    card_last_four: null,
    card_issuing_country: null,
    card_type: null,
    card_holder_name: null,
  }
  return {
    ok: true,
    typed,
    entered: {
      type: 'upi',
      on_page,
      off_session,
      upi_id,
      ...noCard,
      expiry_month: null,
      expiry_year: null,
      fingerprint: fingerprintOf(upi_id),
    },
  }
}

function parseCard(form: Form, typed: TypedAgain, { funding }: Offer, now: Temporal.Instant): ParsedForm {
  const number = form.number.replace(/[\s-]/g, '')
  const card = findTestCard(number)
  const expiry = parseExpiry(form.expiry)
  const name = form.name.trim()
  const errors: FormErrors = {}
  if (card === undefined) errors.number = numberError(number)
  else if (!funding.includes(card.funding)) errors.number = otherKind(card.funding)
  if (expiry === undefined) errors.expiry = 'Enter month and year, like 06/32'
  else if (hasExpired(expiry, now)) errors.expiry = 'This date has passed: an expired card cannot pay'
  if (!/^\d{3,4}$/.test(form.cvc.trim())) errors.cvc = 'Enter the 3 or 4 digits'
  if (!NAME.test(name)) errors.name = 'Enter the name on the card'
  if (card === undefined || expiry === undefined || Object.keys(errors).length > 0) return { ok: false, typed, errors }
  return { ok: true, typed, entered: enteredCard(card, expiry, name) }
}

function otherKind(funding: TestCard['funding']): string {
  return funding === 'credit'
    ? 'This is a credit card, and only debit cards are taken here'
    : 'This is a debit card, and only credit cards are taken here'
}

function numberError(number: string): string {
  if (number === '') return 'Enter the card number'
  return isLuhnValid(number)
    ? NOT_A_TEST_CARD
    : 'This is not a card number. Check it, or pick one of the test cards below.'
}

function enteredCard(
  { number, network, country, funding, on_page, off_session }: TestCard,
  expiry: { expiry_month: number; expiry_year: number },
  card_holder_name: string,
): EnteredMethod {
  return {
    type: 'card',
    on_page,
    off_session,
    card_network: network,
    card_last_four: number.slice(-4),
    card_issuing_country: country,
    card_type: funding,
    card_holder_name,
    ...expiry,
    upi_id: null,
    fingerprint: fingerprintOf(number),
  }
}

/** Of numbers on a public list of test cards: there is nothing to guess. In letters, so that it never looks like a number. */
function fingerprintOf(account: string): string {
  const digest = createHash('sha256').update(account).digest('hex').slice(0, 32)
  return digest.replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
}

/** '06/32', '6 / 2032' or '0632'. */
function parseExpiry(typed: string): { expiry_month: number; expiry_year: number } | undefined {
  const match = /^(\d{1,2})[/.-](\d{2}|\d{4})$/.exec(typed.replace(/\s/g, '')) ?? /^(\d{2})(\d{2})$/.exec(typed.trim())
  if (match === null) return undefined
  const month = Number(match[1])
  const year = Number(match[2])
  if (month < 1 || month > 12) return undefined
  return { expiry_month: month, expiry_year: year < 100 ? 2000 + year : year }
}
