// The port: what Portico asks of a payment processor. Adapters implement it and know nothing of Portico but this file.
// Amounts are minor units. `key` names one attempt for ever: the same key never moves money twice.

/** What is known of a payment, refund or set-up. `unknown` is never a failure: ask `retrieve` later, under the same key. */
export type PaymentOutcome =
  | { status: 'succeeded'; reference: string; method: ProcessorMethod | null }
  | { status: 'declined'; reference: string | null; code: DeclineCode; message: string | null }
  | { status: 'requires_action'; reference: string; url: string }
  | { status: 'unknown'; reason: string }

export type RefundOutcome =
  | { status: 'succeeded'; reference: string }
  | { status: 'declined'; reference: string | null; message: string | null }
  | { status: 'unknown'; reason: string }

export type SetupOutcome =
  | { status: 'succeeded'; reference: string; method: ProcessorMethod }
  | { status: 'declined'; reference: string | null; code: DeclineCode; message: string | null }
  | { status: 'requires_action'; reference: string; url: string }
  | { status: 'unknown'; reason: string }

/** What a processor says of a dispute: the bank of whoever paid asks for the money back. */
export interface DisputeReport {
  /** How the processor names the dispute, for ever. */
  reference: string
  /** The key of the payment it is about. */
  payment_key: string
  status:
    | 'dispute_opened'
    | 'dispute_challenged'
    | 'dispute_accepted'
    | 'dispute_expired'
    | 'dispute_cancelled'
    | 'dispute_won'
    | 'dispute_lost'
  stage: 'pre_dispute' | 'dispute' | 'pre_arbitration'
  amount: number
  currency: string
  /** The bank's: 'fraudulent', 'product_not_received'. */
  reason: string | null
  remarks: string | null
  /** Settled by a network's program for rapid resolution. */
  is_resolved_by_rdr: boolean | null
}

export type DisputeOutcome = { status: 'known'; dispute: DisputeReport } | { status: 'unknown'; reason: string }

/** The processor's answer to a look-up of a key it never heard of. */
export interface NeverSeen {
  status: 'never_seen'
}

/** A code of the API's decline list, e.g. `INSUFFICIENT_FUNDS`. */
export type DeclineCode = string

/** A kind of method in the words of the API: 'credit', 'debit', 'upi_collect'. */
export type MethodType = string

/** A saved payment method as the processor describes it; never a full number. */
export interface ProcessorMethod {
  reference: string
  type: 'card' | 'upi'
  /** 'visa', 'mastercard'; null for other types. */
  card_network: string | null
  card_last_four: string | null
  /** ISO 3166-1 alpha-2. */
  card_issuing_country: string | null
  /** 'credit' | 'debit'. */
  card_type: string | null
  card_holder_name: string | null
  expiry_month: number | null
  expiry_year: number | null
  /** What is safe to show of a method that is not a card: 'mara@upi'. */
  display: string | null
  /** The same for the same card or account however often it is saved; null where the processor cannot tell. Nothing of it leads back. */
  fingerprint: string | null
}

export interface ProcessorCustomer {
  customer_id: string
  email: string
  name: string
  /** ISO 3166-1 alpha-2. */
  country: string | null
}

export interface ChargeRequest {
  key: string
  business_id: string
  amount: number
  currency: string
  customer: ProcessorCustomer
  /** `ProcessorMethod.reference` of a saved method. */
  method: string
  description: string
  /** What the bank prints on the statement; null: what the processor does by itself. */
  statement_descriptor: string | null
  /** The person is there, and may be asked to prove who they are: `requires_action`. Left out, nobody is. */
  present?: {
    /** Where that page sends the browser afterwards, whatever happened. */
    return_url: string
    business_name: string
    /** The bank asks the holder of a card in any case (3-D Secure), not only where it wants to. */
    challenge: boolean
  }
}

/** A page of the processor on which a person enters a method, and pays where `amount` is above 0. */
export interface HostedPageRequest {
  key: string
  business_id: string
  business_name: string
  amount: number
  currency: string
  customer: ProcessorCustomer
  description: string
  /** Where the page sends the browser afterwards, whatever happened. */
  return_url: string
  locale: string
  /** The method is kept for later charges without the person. */
  save_method: boolean
  /** What the bank prints on the statement; null: what the processor does by itself. */
  statement_descriptor: string | null
  /**
   * The page takes none but these. Null: all that `offers` names. Where it has none of them, the page is not opened: declined with
   * `PAYMENT_METHOD_UNSUPPORTED`.
   */
  allowed_types: readonly MethodType[] | null
  /** The bank asks the holder of every card (3-D Secure), not only where it wants to. */
  challenge: boolean
}

export interface RefundRequest {
  key: string
  business_id: string
  /** `reference` of the payment that succeeded. */
  payment: string
  amount: number
  currency: string
}

/** What a verified webhook of the processor says; the outcome is looked up, never believed. */
export interface ProcessorEvent {
  /** Stable across redeliveries. */
  event_id: string
  kind: 'payment' | 'refund' | 'setup' | 'dispute'
  /** Of a dispute, its reference. */
  key: string
}

export interface ProcessorHook {
  headers: Headers
  body: string
}

export interface Processor {
  readonly name: string
  /** How the API names the processor in `payment_provider`. */
  readonly provider: 'stripe' | 'adyen' | 'dodo'
  /** False for the sandbox: live mode needs at least one that is true. */
  readonly live: boolean
  /** Smallest charge in minor units, 0 where there is none. */
  minimumAmount(currency: string): number
  /** What its pages take, in the words of the API. `country`: the payer's, two letters; null: not known yet, so whatever might be. */
  offers(place: { currency: string; country: string | null }): readonly MethodType[]
  /** Charges a saved method, without the person unless they are `present`. Never throws for a decline or a time-out; those are outcomes. */
  charge(request: ChargeRequest): Promise<PaymentOutcome>
  /** Opens (or returns, for the same key) a hosted page that pays. */
  openPayment(request: HostedPageRequest): Promise<PaymentOutcome>
  /** Opens (or returns) a hosted page that only saves a method. */
  openSetup(request: HostedPageRequest): Promise<SetupOutcome>
  refund(request: RefundRequest): Promise<RefundOutcome>
  retrievePayment(business_id: string, key: string): Promise<PaymentOutcome | NeverSeen>
  retrieveSetup(business_id: string, key: string): Promise<SetupOutcome | NeverSeen>
  retrieveRefund(business_id: string, key: string): Promise<RefundOutcome | NeverSeen>
  retrieveDispute(business_id: string, reference: string): Promise<DisputeOutcome | NeverSeen>
  /** Closes a page that nobody finished, hosted or of a charge, so that it can no longer take money; resolves to what it had become. */
  closePayment(business_id: string, key: string): Promise<PaymentOutcome | NeverSeen>
  /** Closes a set-up page that nobody finished, so that it can no longer save a method; resolves to what it had become. */
  closeSetup(business_id: string, key: string): Promise<SetupOutcome | NeverSeen>
  removeMethod(business_id: string, method: string): Promise<void>
  /** Gives up a customer's methods and names, as far as the processor may. Harmless to repeat, and for one it never knew. */
  forgetCustomer(business_id: string, customer_id: string): Promise<void>
  /** Verifies a webhook's signature; undefined where it is forged or stale. */
  readHook(business_id: string, hook: ProcessorHook): Promise<ProcessorEvent[] | undefined>
}
