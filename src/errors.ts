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
  THEME_NOT_READABLE: [422, 'People could not read these colours'],
  INVALID_IMAGE: [422, 'The picture must be a PNG, JPEG, WebP, AVIF or GIF of at most 2 MB'],
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
  QUOTE_EXPIRED: [409, 'The quote is too old; ask for a new one'],
  QUOTE_OUTDATED: [409, 'What the quote was made of has changed; ask for a new one'],
  CHECKOUT_SESSION_CONSUMED: [409, 'This checkout has been paid already'],
  TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT: [422, 'The total is below the smallest amount that can be charged'],
  PRODUCT_CART_EMTPY: [422, 'The cart is empty'],
  UNSUPPORTED_CURRENCY: [422, 'The currency is not supported here'],
  UNSUPPORTED_COUNTRY: [422, 'The country is not supported'],
  UNSUPPORTED_ACTION: [422, 'This cannot be done here'],
  PAYMENT_METHOD_IN_USE: [409, 'A running subscription is paid with this method; give it another one first'],
  NO_ELIGIBLE_PAYMENT_METHODS: [422, 'There is no payment method that could be charged'],
  MERCHANT_NOT_LIVE: [403, 'This business does not sell in live mode yet'],
  PRODUCT_COLLECTION_IS_DELETED: [410, 'The collection is archived'],
  PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS: [422, 'A collection needs at least one product'],
  SLUG_ALREADY_TAKEN: [409, 'This short name is taken'],
  UNABLE_TO_EDIT_PRIMARY_BRAND: [403, 'The primary brand is edited in the settings of the business'],
  BRAND_NOT_ENABLED: [422, 'The brand is not enabled'],
  BRAND_MISMATCH: [422, 'These belong to different brands'],
  MISSING_ADDON_IDS: [422, 'An add-on that is named does not exist'],
  ADDONS_NOT_ALLOWED_FOR_ON_DEMAND: [422, 'A subscription charged on demand has no add-ons'],
  SUBSCRIPTION_NOT_ON_DEMAND: [422, 'Only a subscription charged on demand can be charged'],
  CHARGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION: [422, 'The subscription is about to be cancelled'],
  PAYMENT_NOT_RETRYABLE: [422, 'Nothing is owed for this payment that could be asked for again'],
  RETRY_COOLING_DOWN: [409, 'It was asked for a moment ago; retry_available_at says when it may be again'],
  SUBSCRIPTION_PAYMENT_RETRY_LIMIT_EXCEEDED: [422, 'This payment was retried as often as allowed'],
  SUBSCRIPTION_ALREADY_PAUSED: [422, 'The subscription is paused already'],
  SUBSCRIPTION_PAUSE_ALREADY_PENDING: [409, 'A pause of this subscription is under way'],
  SUBSCRIPTION_NOT_ELIGIBLE_FOR_PAUSE: [422, 'Only an active subscription can be paused'],
  SUBSCRIPTION_PAUSE_REQUIRES_PAYMENT_METHOD: [422, 'Pausing needs a payment method for what was used'],
  SUBSCRIPTION_NOT_PAUSED: [422, 'The subscription is not paused'],
  SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED: [403, 'This business does not let customers pause on their own'],
  PLAN_CHANGE_FOR_CUSTOMER_PORTAL_DISABLED: [403, 'This business does not let customers change their plan'],
  DO_NOT_BILL_NOT_ALLOWED_IN_CUSTOMER_PORTAL: [422, 'A customer cannot change plan without being billed'],
  EXISTING_REFUND_REQUEST_PROCESSING: [409, 'A refund of this payment is being made; try again when it is decided'],
  NOTHING_TO_REFUND: [422, 'Nothing of this payment is left to refund'],
  PAYMENT_ALREADY_REFUNDED: [422, 'This payment was refunded in full'],
  ZERO_AMOUNT_PAYMENT_REFUND_NOT_ALLOWED: [422, 'Nothing was paid, so nothing can be refunded'],
  REFUND_WINDOW_EXPIRED: [422, 'The payment is too old to be refunded'],
  PARTIAL_REFUND_NOT_ALLOWED: [422, 'This payment can only be refunded in full'],
  LINE_ITEM_NOT_FOUND: [422, 'The payment has no such line'],
  LINE_ITEM_FULLY_REFUNDED: [422, 'The line was refunded in full'],
  LINE_ITEM_PRORATED: [422, 'A prorated line cannot be refunded by itself'],
  LINE_ITEM_REFUND_AMOUNT_TOO_HIGH: [422, 'The refund is larger than what is left of the line'],
  LINE_ITEM_REFUND_AMOUNT_TOO_LOW: [422, 'The refund of a line must be more than nothing'],
  DUPLICATE_LINE_ITEMS_IN_REQUEST: [422, 'Each line may be named once'],
  INACTIVE_LICENSE_KEY: [403, 'The license key is not active'],
  LICENSE_KEY_NOT_FOUND: [404, 'There is no such license key'],
  LICENSE_KEY_LIMIT_REACHED: [422, 'The license key is active on as many devices as it allows'],
  ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT: [422, 'The limit is lower than the number of active devices'],
  NO_EXPIRY_ON_SUBSCRIPTION_LICENSE_KEYS: [400, 'A key of a subscription lasts as long as the subscription'],
  INVALID_DISCOUNT_CODE: [422, 'There is no such discount code'],
  DISCOUNT_CODE_ALREADY_EXISTS: [409, 'This discount code exists already'],
  DISCOUNT_CODE_EXPIRED: [422, 'The discount code has expired'],
  DISCOUNT_NOT_YET_ACTIVE: [422, 'The discount code is not valid yet'],
  DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED: [422, 'The discount code was used as often as it can be'],
  DISCOUNT_PER_CUSTOMER_USAGE_LIMIT_EXCEEDED: [422, 'This customer used the discount code as often as allowed'],
  DISCOUNT_CUSTOMER_NOT_ELIGIBLE: [422, 'The discount code is not for this customer'],
  DISCOUNT_MINIMUM_SUBTOTAL_NOT_MET: [422, 'The order is too small for the discount code'],
  DISCOUNT_NOT_AVAILABLE_FOR_PRODUCT: [422, 'The discount code is not for this product'],
  DISCOUNT_NOT_APPLICABLE_TO_NEW_PRODUCT: [422, 'The discount code is not for the new product'],
  DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION: [422, 'The discount code was used on this subscription'],
  DISCOUNT_CURRENCY_OPTION_INVALID: [422, 'The discount has no amount in this currency'],
  DISCOUNT_CONCURRENT_REDEMPTION: [503, 'The discount code is being used; try again in a moment'],
  INVALID_PERCENTAGE: [422, 'A percentage is between 1 and 10000 basis points'],
  UNSUPPORTED_DISCOUNT_TYPE: [422, 'This kind of discount is not supported'],
  INSUFFICIENT_WALLET_FUNDS: [400, 'The wallet does not hold that much'],
  CREDIT_ENTITLEMENT_IS_DELETED: [410, 'The credit entitlement is deleted'],
  NEGATIVE_BALANCE_ADJUSTMENT: [400, 'The balance would fall below zero'],
  UNSUPPORTED_TAX_CATEGORY: [422, 'The tax category is not supported'],
  INVALID_TAX_ID: [422, 'The tax id is not valid'],
  PAYMENT_NOT_SUCCEEDED: [422, 'Only a payment that succeeded can be refunded'],
  REFUND_AMOUNT_EXCEEDS_PAID_AMOUNT: [422, 'The refund is larger than what is left of the payment'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type ErrorCode = keyof typeof errorTable

export interface ErrorDetails {
  /** Says what to do, for the reader of the API or the page; falls back to the table's sentence. */
  message?: string
  /** Where in the request: 'price.currency'. */
  field?: string
  /** Where one code comes with more than one status. */
  status?: number
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
    this.status = details.status ?? errorTable[code][0]
    this.field = details.field
  }
}

/** What is not there and what is not yours look the same. */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', { message: `There is no such ${what}` })
}
