import { describe, expect, it } from 'vitest'
import { translator } from '#i18n/translator.ts'
import { declineText } from './decline-text.ts'

describe.each(['en', 'ar'] as const)('declineText in %s', (locale) => {
  const i18n = translator(locale)
  const plain = declineText(i18n, 'GENERIC_DECLINE')

  it.each(['STOLEN_CARD', 'LOST_CARD', 'PICKUP_CARD', 'FRAUDULENT', 'SOMETHING_NEW', null])(
    'says of %s no more',
    (code) => {
      expect(declineText(i18n, code)).toBe(plain)
    },
  )

  it('says what the customer can act on', () => {
    const codes = ['INSUFFICIENT_FUNDS', 'EXPIRED_CARD', 'INCORRECT_CVC', 'AUTHENTICATION_FAILURE', 'INVALID_UPI_ID']
    expect(new Set([plain, ...codes.map((code) => declineText(i18n, code))]).size).toBe(codes.length + 1)
  })
})
