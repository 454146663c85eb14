// Why a payment did not go through, in words for the customer. Codes that speak of theft, loss or fraud read like any plain
// refusal, and so does every code that is not listed: what is not here cannot be disclosed.

import type { MessageKey, Translator } from '#i18n/translator.ts'

const causes = {
  'portal.decline.funds': 'INSUFFICIENT_FUNDS',
  'portal.decline.expired': 'EXPIRED_CARD',
  'portal.decline.details':
    'INCORRECT_CVC INVALID_CVC INCORRECT_NUMBER INVALID_CARD_NUMBER INVALID_CARD_OWNER INVALID_EXPIRY_YEAR INVALID_PIN INVALID_ACCOUNT',
  'portal.decline.upi': 'INVALID_UPI_ID',
  'portal.decline.authentication': 'AUTHENTICATION_FAILURE AUTHENTICATION_REQUIRED AUTHENTICATION_TIMEOUT',
  'portal.decline.limit': 'LIMIT_EXCEEDED CARD_VELOCITY_EXCEEDED',
  'portal.decline.not_activated': 'CARD_NOT_ACTIVATED',
  'portal.decline.cancelled': 'CUSTOMER_CANCELLED',
  'portal.decline.missing': 'MANDATE_REQUIRED',
  'portal.decline.mandate': 'MANDATE_INVALID MANDATE_REQUIRED_SYSTEM REVOCATION_OF_AUTHORIZATION',
  'portal.decline.unsupported':
    'PAYMENT_METHOD_UNSUPPORTED PROVIDER_UNSUPPORTED TRANSACTION_NOT_ALLOWED LIVE_MODE_TEST_CARD',
  'portal.decline.passing':
    'NETWORK_ERROR NETWORK_TIMEOUT PROCESSING_ERROR TRY_AGAIN_LATER REENTER_TRANSACTION ORDER_CREATION_FAILED',
} as const satisfies Partial<Record<MessageKey, string>>

const keys = new Map<string, MessageKey>(
  Object.entries(causes).flatMap(([key, codes]) => codes.split(' ').map((code) => [code, key as MessageKey] as const)),
)

/** One sentence: what happened and what helps. */
export function declineText(i18n: Translator, code: string | null): string {
  return i18n.t(declineKey(code))
}

export function declineKey(code: string | null): MessageKey {
  return keys.get(code ?? '') ?? 'portal.decline.generic'
}
