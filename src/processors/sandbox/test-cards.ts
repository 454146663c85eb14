// The only cards and UPI ids that work here, and what each does. README.md explains them to people.
import type { DeclineCode } from '#processors/processor.ts'

/** What happens while the person is on the hosted page. */
export type OnPage = 'succeeds' | 'challenge' | DeclineCode
/** What a later charge without the person does. Both time-outs answer nothing; only one took the money. What is `disputed` succeeds, on the page
 * too, and its holder asks the bank for the money back. */
export type OffSession = 'succeeds' | 'disputed' | 'times_out_captured' | 'times_out_lost' | DeclineCode

export interface TestCard {
  number: string
  network: 'visa' | 'mastercard'
  country: string
  funding: 'credit' | 'debit'
  on_page: OnPage
  off_session: OffSession
  /** What it is for, as the hosted page lists it. */
  says: string
}

type Row = [
  number: string,
  network: TestCard['network'],
  country: string,
  on_page: OnPage,
  off_session: OffSession,
  says: string,
]

const rows: Row[] = [
  ['4242424242424242', 'visa', 'US', 'succeeds', 'succeeds', 'Succeeds'],
  ['5555555555554444', 'mastercard', 'US', 'succeeds', 'succeeds', 'Succeeds'],
  ['4576238912771450', 'visa', 'IN', 'succeeds', 'succeeds', 'Succeeds, issued in India'],
  ['5409162669381034', 'mastercard', 'IN', 'succeeds', 'succeeds', 'Succeeds, issued in India'],
  ['4000000000000002', 'visa', 'US', 'GENERIC_DECLINE', 'GENERIC_DECLINE', 'Declined'],
  ['4000000000009995', 'visa', 'US', 'INSUFFICIENT_FUNDS', 'INSUFFICIENT_FUNDS', 'Declined: insufficient funds'],
  ['4706131211212123', 'visa', 'IN', 'GENERIC_DECLINE', 'GENERIC_DECLINE', 'Declined, issued in India'],
  ['5105105105105100', 'mastercard', 'IN', 'GENERIC_DECLINE', 'GENERIC_DECLINE', 'Declined, issued in India'],
  ['4000000000000069', 'visa', 'US', 'EXPIRED_CARD', 'EXPIRED_CARD', 'Declined: expired'],
  ['4000000000009979', 'visa', 'US', 'STOLEN_CARD', 'STOLEN_CARD', 'Declined: stolen'],
  [
    '4000000000003220',
    'visa',
    'US',
    'challenge',
    'AUTHENTICATION_REQUIRED',
    'Asks for 3-D Secure; later charges are declined',
  ],
  ['4000000000000341', 'visa', 'US', 'succeeds', 'GENERIC_DECLINE', 'Succeeds now; later charges are declined'],
  ['4000000000009953', 'visa', 'US', 'succeeds', 'INSUFFICIENT_FUNDS', 'Succeeds now; later: insufficient funds'],
  ['4000000000000697', 'visa', 'US', 'succeeds', 'EXPIRED_CARD', 'Succeeds now; later: expired'],
  ['4000000000009797', 'visa', 'US', 'succeeds', 'STOLEN_CARD', 'Succeeds now; later: stolen'],
  ['4000000000004087', 'visa', 'US', 'succeeds', 'times_out_captured', 'Later charges take the money but never answer'],
  ['4000000000000259', 'visa', 'US', 'succeeds', 'disputed', 'Succeeds; every payment is disputed'],
  ['4000000000005043', 'visa', 'US', 'succeeds', 'times_out_lost', 'Later charges are lost on the way, once each'],
]

export const testCards: readonly TestCard[] = rows.map(([number, network, country, on_page, off_session, says]) => ({
  number,
  network,
  country,
  funding: network === 'visa' ? 'credit' : 'debit',
  on_page,
  off_session,
  says,
}))

export function findTestCard(number: string): TestCard | undefined {
  return testCards.find((card) => card.number === number)
}

export interface TestUpi {
  upi_id: string
  on_page: OnPage
  off_session: OffSession
  says: string
}

export const testUpiIds: readonly TestUpi[] = [
  { upi_id: 'success@upi', on_page: 'succeeds', off_session: 'succeeds', says: 'Succeeds' },
  { upi_id: 'failure@upi', on_page: 'GENERIC_DECLINE', off_session: 'GENERIC_DECLINE', says: 'Declined' },
]

/** The check digit that every real card number has. */
export function isLuhnValid(number: string): boolean {
  const total = [...number].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
  return /^\d{12,19}$/.test(number) && total % 10 === 0
}
