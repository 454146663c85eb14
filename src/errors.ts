// One class for every expected failure and one table of its codes. Decisions are values, not errors: a declined card is not here.

/** Code → HTTP status and the sentence shown when the thrower gives none. Codes are the API's where it has one. */
export const errorTable = {
  INVALID_REQUEST_BODY: [422, 'The request body is not valid'],
  MALFORMED_REQUEST: [400, 'The request could not be read'],
  INVALID_QUERY_PARAMS: [422, 'A query parameter is not valid'],
  INVALID_REQUEST_PARAMETERS: [422, 'A parameter is not valid'],
  UNAUTHORIZED: [401, 'The API key is missing or not valid'],
  FORBIDDEN: [403, 'This API key may only read'],
  NOT_FOUND: [404, 'There is no such resource'],
  METHOD_NOT_ALLOWED: [405, 'This address does not answer this method'],
  CONFLICT: [409, 'The resource changed meanwhile; read it again and retry'],
  PRODUCT_IS_DELETED: [410, 'The product is archived'],
  PAYLOAD_TOO_LARGE: [413, 'The request body is too large'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The request body must be JSON'],
  MISDIRECTED_REQUEST: [421, 'This server does not serve that host'],
  TOO_MANY_REQUESTS: [429, 'Too many requests; wait and try again'],
  INTERNAL_SERVER_ERROR: [500, 'Something went wrong on our side'],
  PROCESSOR_UNAVAILABLE: [502, 'The payment processor did not answer; try again in a moment'],
  SERVICE_UNAVAILABLE: [503, 'The database does not answer; try again in a moment'],
  MAXIMUM_KEYS_REACHED: [422, 'Metadata may hold at most 50 keys'],
  CUSTOMER_HAS_EXISTING_SUBSCRIPTION: [422, 'The customer already has a subscription'],
  SUBSCRIPTION_INACTIVE: [422, 'The subscription is not active'],
  SUBSCRIPTION_EXPIRED: [422, 'The subscription has ended'],
  SUBSCRIPTION_CANCELLATION_NOT_ALLOWED: [403, 'This business does not let customers cancel on their own'],
  PREVIOUS_PAYMENT_PENDING: [409, 'A payment is still being checked; try again when it is decided'],
  INACTIVE_SUBSCRIPTION_PLAN_CHANGE_NOT_SUPPORTED: [422, 'Only an active subscription can change its plan'],
  ON_DEMAND_PLAN_CHANGE_NOT_SUPPORTED: [422, 'A subscription charged on demand cannot change its plan'],
  PLAN_CHANGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION: [
    422,
    'The subscription is about to be cancelled; take that back before changing its plan',
  ],
  INVALID_PRORATION_MODE_WITH_NEXT_BILLING_DATE: [
    422,
    'A change at the next billing date goes with full_immediately only',
  ],
  DUPLICATE_ADDON_IDS_IN_REQUEST: [422, 'Each add-on may be named once; use its quantity'],
  PENDING_PLAN_CHANGE_EXISTS: [409, 'A plan change is still being paid for; try again when it is decided'],
  SCHEDULED_PLAN_CHANGE_EXISTS: [
    409,
    'A plan change is scheduled already; cancel it, or send cancel_scheduled_change_plan',
  ],
  SCHEDULED_PLAN_CHANGE_NOT_FOUND: [404, 'No plan change is scheduled'],
  CHECKOUT_SESSION_CONSUMED: [409, 'This checkout has been paid already'],
  TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT: [422, 'The total is below the smallest amount that can be charged'],
  PRODUCT_CART_EMTPY: [422, 'The cart is empty'],
  UNSUPPORTED_CURRENCY: [422, 'The currency is not supported here'],
  UNSUPPORTED_COUNTRY: [422, 'The country is not supported'],
  UNSUPPORTED_ACTION: [422, 'This cannot be done here'],
  NO_ELIGIBLE_PAYMENT_METHODS: [422, 'There is no payment method that could be charged'],
  PAYMENT_NOT_SUCCEEDED: [422, 'Only a payment that succeeded can be refunded'],
  REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT: [422, 'The refund is larger than what is left of the payment'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type ErrorCode = keyof typeof errorTable

export interface ErrorDetails {
  /** Says what to do, for the reader of the API or the page; falls back to the table's sentence. */
  message?: string
  /** Where in the request: 'price.currency'. */
  field?: string
  cause?: unknown
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly field: string | undefined

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? errorTable[code][1], { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.status = errorTable[code][0]
    this.field = details.field
  }
}

/** What is not there and what is not yours look the same. */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', { message: `There is no such ${what}` })
}
