import { hasTaxIdForm } from '#billing/tax-id.ts'
import { priceCart } from '#core/checkout/cart.ts'
import { type PageWishes, toRules } from '#core/checkout/page-rules.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { listOffers } from '#core/collections/list-offers.ts'
import { assertGranted } from '#core/credit-entitlements/sold-amounts.ts'
import { getCustomerToServe } from '#core/customers/queries.ts'
import { type Discountable, resolveCodes } from '#core/discounts/resolve-codes.ts'
import { assertOffered } from '#core/payment-methods/allowed-types.ts'
import { owned } from '#core/scope.ts'
import { BLANK_LOOK, changeLook, type LookChange } from '#core/themes/change-look.ts'
import type { LockableField } from '#db/checkout-json.ts'
import type { BillingAddress, CartItem, Metadata, OnDemandTerms } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export interface NewCheckout {
  product_cart: CartItem[]
  /** The buyer chooses one of its products, so the cart is empty. */
  product_collection_id?: string | null
  customer?: { customer_id: string } | { email: string; name?: string | null; phone_number?: string | null } | null
  billing?: BillingAddress | null
  return_url?: string | null
  cancel_url?: string | null
  trial_period_days?: number | null
  /** The subscription is charged when the merchant asks, and does not renew. */
  on_demand?: OnDemandTerms | null
  /** Paid in it where the products have prices in it. */
  billing_currency?: string | null
  force_language?: string | null
  tax_id?: string | null
  /** Needs a tax_id. */
  customer_business_name?: string | null
  /** In the order they apply, at most 20. */
  discount_codes?: readonly string[]
  /** May the buyer enter one. */
  allow_discount_code?: boolean
  /** The page as it is where left out. */
  page?: PageWishes
  /** Over the business's own. */
  look?: LookChange | undefined
  metadata?: Metadata
  /** Kinds in the words of the API; null: whatever the processor has. */
  allowed_payment_method_types?: readonly string[] | null
  /** The bank asks the holder of every card. */
  force_3ds?: boolean
}

const LIFETIME = Temporal.Duration.from({ hours: 24 })

/** A page on which a person can buy this cart, for 24 hours. The cart is checked now and priced when it is paid. */
export async function createCheckout(ctx: BusinessCtx, input: NewCheckout): Promise<Checkout> {
  const trial_period_days = input.trial_period_days ?? null
  const { billing_currency = null, billing = null, on_demand = null } = input
  const buyer = { billing, tax_id: null }
  const charged = on_demand?.mandate_only !== true
  const { codes, customer, redeemer } = await redeemerOf(ctx, input)
  const redeem = (sold: Discountable) => resolveCodes(ctx, codes, sold, redeemer)
  const product_cart = await cartOf(ctx, input)
  const cart = await priceCart(ctx, product_cart, {
    ...{ trial_period_days, billing_currency, on_demand },
    ...{ buyer, redeem },
  })
  assertGranted(product_cart, cart.products)
  const allowed_types = input.allowed_payment_method_types ?? null
  assertOffered(ctx, { currency: cart.currency, country: billing?.country ?? null, allowed_types })
  const now = ctx.wall.now()
  return inTransaction(ctx, ({ db }) =>
    db
      .insertInto('checkout_sessions')
      .values({
        ...owned(ctx),
        checkout_id: newId('checkout_session', now.epochMilliseconds),
        product_cart: json(product_cart),
        product_collection_id: input.product_collection_id ?? null,
        currency: cart.currency,
        billing_currency,
        ...customer,
        billing: input.billing === null || input.billing === undefined ? null : json(input.billing),
        return_url: input.return_url ?? null,
        cancel_url: input.cancel_url ?? null,
        trial_period_days,
        on_demand: on_demand === null ? null : json(on_demand),
        force_language: input.force_language ?? null,
        ...taxColumns(input),
        discount_codes: codes,
        allow_discount_code: charged && !input.product_collection_id && (input.allow_discount_code ?? true),
        ...pageColumns(ctx, input, customer),
        metadata: json(input.metadata ?? {}),
        allowed_payment_method_types: allowed_types === null ? null : [...allowed_types],
        force_3ds: input.force_3ds ?? false,
        created_at: now,
        expires_at: now.add(LIFETIME),
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
}

/** What is bought unless the buyer chooses otherwise. Throws where a collection comes with what is chosen already, or with codes. */
export async function cartOf(ctx: BusinessCtx, input: NewCheckout): Promise<CartItem[]> {
  const { product_cart, product_collection_id = null, discount_codes = [] } = input
  if (product_collection_id === null) return product_cart
  if (product_cart.length > 0) throw refused('product_cart', 'must be empty where the buyer chooses of a collection')
  if (discount_codes.length > 0)
    throw refused('discount_codes', 'cannot be redeemed where the buyer chooses of a collection')
  const [{ product }] = await listOffers(ctx, product_collection_id)
  return [{ product_id: product.product_id, quantity: 1, addons: [], amount: null }]
}

function refused(field: string, problem: string): AppError {
  return new AppError('INVALID_REQUEST_PARAMETERS', { message: `${field} ${problem}`, field })
}

/** Throws THEME_NOT_READABLE, INVALID_REQUEST_BODY for what is no colour. */
function pageColumns({ business }: BusinessCtx, input: NewCheckout, customer: CustomerColumns) {
  const { page, look } = input
  const told = { customer_id: customer.customer_id ?? null, fields: toldFields(input, customer) }
  return {
    page_rules: page === undefined ? null : json(toRules(page, told)),
    look: look === undefined ? null : json(changeLook(business.theme ?? BLANK_LOOK, look)),
  }
}

function toldFields(input: NewCheckout, customer: CustomerColumns): Set<LockableField> {
  const { country, street, city, state, zipcode } = input.billing ?? {}
  const { tax_id, customer_business_name: business_name } = input
  const { customer_email: email, customer_name: name } = customer
  const fields = { email, name, country, street, city, state, zipcode, tax_id, business_name }
  const told = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return new Set(told.map(([field]) => field as LockableField))
}

/** Who would redeem which codes. Throws NOT_FOUND for a customer there is not, INVALID_REQUEST_PARAMETERS where codes have no charge. */
export async function redeemerOf(
  ctx: BusinessCtx,
  input: Pick<NewCheckout, 'customer' | 'discount_codes' | 'on_demand'>,
) {
  const codes = (input.discount_codes ?? []).map((code) => code.trim().toUpperCase())
  if (input.on_demand?.mandate_only === true && codes.length > 0) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: 'A code needs a first charge; leave it out where only a method is saved',
      field: 'discount_codes',
    })
  }
  const customer = await customerColumns(ctx, input.customer ?? null)
  return { codes, customer, redeemer: { customer_id: customer.customer_id ?? null, reason_key: null } }
}

/** Throws INVALID_TAX_ID where it has not the form of its country's, INVALID_REQUEST_PARAMETERS for a company without one. */
function taxColumns({ billing, tax_id = null, customer_business_name = null }: NewCheckout) {
  if (tax_id === null && customer_business_name !== null) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: 'customer_business_name needs a tax_id beside it',
      field: 'customer_business_name',
    })
  }
  if (tax_id !== null && billing && !hasTaxIdForm(billing.country, tax_id)) {
    throw new AppError('INVALID_TAX_ID', { field: 'tax_id' })
  }
  return { tax_id, customer_business_name }
}

interface CustomerColumns {
  customer_id?: string
  customer_email?: string
  customer_name?: string | null
  customer_phone_number?: string | null
}

async function customerColumns(
  ctx: BusinessCtx,
  customer: Exclude<NewCheckout['customer'], undefined>,
): Promise<CustomerColumns> {
  if (customer === null) return {}
  if ('customer_id' in customer) {
    const { customer_id, email, name, phone_number } = await getCustomerToServe(ctx, customer.customer_id)
    return { customer_id, customer_email: email, customer_name: name, customer_phone_number: phone_number }
  }
  return {
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone_number: customer.phone_number ?? null,
  }
}
