// The world the contract's tests act in: the processor, one business with a customer, and requests that say nothing special.

import { expect } from 'vitest'
import type {
  ChargeRequest,
  HostedPageRequest,
  PaymentOutcome,
  Processor,
  ProcessorCustomer,
  ProcessorHook,
  RefundRequest,
} from './processor.ts'

export interface ProcessorUnderTest {
  processor: Processor
  business_id: string
  customer: ProcessorCustomer
  currency: string
  /** References of methods this customer saved, by what a charge without the person does. */
  methods: { succeeds: string; declines: string; timesOutCaptured: string; timesOutLost: string }
  /** Fills in and sends an open hosted page as a person would, with a card that succeeds and that no bank asks about: a credit card if not said. */
  pay(url: string, funding?: 'credit' | 'debit'): Promise<void>
  /** The person's answer to their bank, which asks at `url`. */
  answerBank(url: string, approved: boolean): Promise<void>
  /** What stands on the statement for a key; undefined where the processor does not tell. */
  statement?(key: string): Promise<string | null>
  /** What was captured under a key, an entry for each capture. */
  captures(key: string): Promise<number[]>
  /** The webhooks sent since the last call. */
  takeHooks(): Promise<ProcessorHook[]>
}

/** The API's decline codes; an adapter maps its processor's onto these. */
const declineCodes = new Set(
  `AUTHENTICATION_FAILURE AUTHENTICATION_REQUIRED AUTHENTICATION_TIMEOUT CARD_NOT_ACTIVATED CARD_VELOCITY_EXCEEDED CUSTOMER_CANCELLED
  GENERIC_DECLINE INCORRECT_CVC INCORRECT_NUMBER INSUFFICIENT_FUNDS INVALID_AMOUNT INVALID_CARD_NUMBER INVALID_CARD_OWNER INVALID_CVC
  INVALID_EXPIRY_YEAR INVALID_PIN INVALID_REQUEST INVALID_UPI_ID LIMIT_EXCEEDED LIVE_MODE_TEST_CARD MANDATE_INVALID MANDATE_REQUIRED
  NETWORK_ERROR NETWORK_TIMEOUT ORDER_CREATION_FAILED PROCESSING_ERROR REENTER_TRANSACTION TRY_AGAIN_LATER UNKNOWN_ERROR CARD_DECLINED
  DO_NOT_HONOR EXPIRED_CARD FRAUDULENT INVALID_ACCOUNT LOST_CARD MANDATE_REQUIRED_SYSTEM PAYMENT_METHOD_PROVIDER_DECLINED
  PAYMENT_METHOD_UNSUPPORTED PICKUP_CARD PROVIDER_UNSUPPORTED REVOCATION_OF_AUTHORIZATION STOLEN_CARD TRANSACTION_NOT_ALLOWED
  TRANSACTION_NOT_APPROVED`.split(/\s+/),
)

/** Fails unless the outcome is a decline with a code the API knows. */
export function expectDeclined(outcome: { status: string; code?: string }, code?: string): void {
  expect(outcome.status).toBe('declined')
  expect([...declineCodes]).toContain(outcome.code)
  if (code !== undefined) expect(outcome.code).toBe(code)
}

export function chargeOf({ business_id, customer, currency, methods }: ProcessorUnderTest, key: string): ChargeRequest {
  const asked = { key, business_id, customer, currency, amount: 1200, method: methods.succeeds }
  return { ...asked, description: 'Team plan', statement_descriptor: null }
}

export function pageOf({ business_id, customer, currency }: ProcessorUnderTest, key: string): HostedPageRequest {
  return {
    key,
    business_id,
    customer,
    currency,
    amount: 1200,
    business_name: 'Linden Studio',
    description: 'Team plan',
    return_url: 'https://linden.example/done',
    locale: 'en',
    save_method: true,
    statement_descriptor: null,
    allowed_types: null,
    challenge: false,
  }
}

export function refundOf(
  { business_id, currency }: ProcessorUnderTest,
  key: string,
  payment: string,
  amount: number,
): RefundRequest {
  return { key, business_id, payment, amount, currency }
}

export function urlOf(outcome: { status: string; url?: string }): string {
  expect(outcome.status).toBe('requires_action')
  return outcome.url ?? ''
}

export function referenceOf(outcome: PaymentOutcome): string {
  if (outcome.status !== 'succeeded') throw new Error(`the payment is ${outcome.status}`)
  return outcome.reference
}
