// One thing of every kind that the API has an id for, named as the paths of its addresses name them.
import { Readable } from 'node:stream'
import { createBrand } from '#core/brands/create-brand.ts'
import { makeOffer } from '#core/cancellation-offers/make-offer.ts'
import { setCancellationOffers } from '#core/cancellation-offers/set-offers.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { createLocalizedPrice } from '#core/catalog/localized-prices.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { getCollection } from '#core/collections/queries.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import { addFile } from '#core/files/add-file.ts'
import { correctInvoice } from '#core/invoices/correct-invoice.ts'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { createShortLink } from '#core/short-links/create-short-link.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { createMeter } from '#core/usage/create-meter.ts'
import { ingestEvents } from '#core/usage/ingest-events.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { createWebhook } from '#core/webhooks/create-webhook.ts'
import { newId } from '#src/ids.ts'
import { type Buyer, buy, plan } from './buy.ts'
import { plainCredits } from './credits.ts'
import { rowsOf } from './story.ts'
import type { World } from './world.ts'

export type Ids = Record<string, string>

/** Buys a plan that may be changed for another one, and makes everything else around it. */
export async function furnish(world: World, buyer: Buyer = {}): Promise<Ids> {
  const files = await furnishFiles(world)
  const unlocks = { license_key_enabled: true, entitlements: [files.entitlement_id] }
  const { checkout_id, ...bought } = await buy(world, plan({}, { ...unlocks, pricing_mode: 'by_currency' }), buyer)
  const payment = (await rowsOf(world, 'payments')).find((row) => row.checkout_id === checkout_id)
  const payment_id = payment?.payment_id ?? ''
  return {
    ...bought,
    session_id: checkout_id,
    file_id: files.file_id,
    email_log_id: await furnishMail(world, bought.customer_id),
    payment_id,
    payment_method_id: payment?.payment_method_id ?? '',
    ...(await furnishCatalog(world, bought.product_id)),
    ...(await furnishUsage(world, bought.customer_id)),
    ...(await furnishLicense(world, bought.customer_id)),
    ...(await furnishMoney(world, { ...bought, payment_id })),
    offer_id: await furnishOffer(world, bought.subscription_id),
    webhook_id: (await createWebhook(await world.fresh(), { url: 'https://shop.example.com/hooks' })).webhook_id,
  }
}

/** Of the purchase, once it was sent. */
async function furnishMail(world: World, customer_id: string): Promise<string> {
  await world.work()
  return (await rowsOf(world, 'emails')).find((row) => row.customer_id === customer_id)?.email_id ?? ''
}

async function furnishCatalog(world: World, product_id: string): Promise<Ids> {
  const ctx = await world.fresh()
  const priced = { currency: 'USD', price: 800, tax_category: 'saas' } as const
  const { addon_id } = await createAddon(ctx, { name: 'Seat', ...priced })
  const other = await createProduct(ctx, plan({ price: 9000 }))
  const slug = newId('product').slice(4).toLowerCase()
  await createShortLink(ctx, product_id, { slug, static_checkout_params: {} })
  const price = { currency: 'EUR', country_code: null, amount: 8500 }
  const { localized_price_id } = await createLocalizedPrice(ctx, product_id, price)
  const items = [{ product_id }, { product_id: other.product_id }]
  const { product_collection_id } = await createCollection(ctx, {
    name: 'Plans',
    groups: [{ group_name: null, items }],
  })
  const [group] = (await getCollection(ctx, product_collection_id)).groups
  return {
    addon_id,
    slug,
    brand_id: (await createBrand(ctx, { name: 'Pencils', description: null, url: null, support_email: null })).brand_id,
    localized_price_id,
    product_collection_id,
    group_id: group?.group_id ?? '',
    item_id: group?.items[0]?.item_id ?? '',
  }
}

async function furnishUsage(world: World, customer_id: string): Promise<Ids> {
  const ctx = await world.fresh()
  const named = { name: 'API calls', event_name: 'api_request', measurement_unit: 'calls', description: null }
  const counted = { aggregation_type: 'count', aggregation_key: null, filter: null } as const
  const { meter_id } = await createMeter(ctx, { ...named, ...counted })
  const event_id = newId('event')
  await ingestEvents(ctx, [{ event_id, customer_id, event_name: named.event_name }])
  return { meter_id, event_id }
}

async function furnishFiles(world: World) {
  const ctx = await world.fresh()
  const { entitlement_id } = await createEntitlement(ctx, {
    name: 'Brushes',
    description: null,
    integration_type: 'digital_files',
    integration_config: { external_url: 'https://files.linden.example/brushes', instructions: null },
    metadata: {},
  })
  const content = Readable.from([Buffer.from('round and flat')])
  const file_id = await addFile(ctx, entitlement_id, { filename: 'brushes.txt', content_type: 'text/plain', content })
  return { entitlement_id, file_id }
}

/** The customer's key, with a device, and what it was granted by. */
async function furnishLicense(world: World, customer_id: string): Promise<Ids> {
  const grants = (await rowsOf(world, 'entitlement_grants')).filter((row) => row.customer_id === customer_id)
  const grant = grants.find((row) => row.license_key_id !== null)
  const key = (await rowsOf(world, 'license_keys')).find((row) => row.license_key_id === grant?.license_key_id)
  if (grant === undefined || key === undefined) throw new Error('what was bought comes with a key')
  const { license_key_instance_id } = await activateLicense(await world.fresh(), key.key, 'Studio Mac')
  const { entitlement_id, grant_id } = grant
  const files_grant_id = grants.find((row) => row.license_key_id === null)?.grant_id ?? ''
  return { entitlement_id, grant_id, files_grant_id, license_key_id: key.license_key_id, license_key_instance_id }
}

async function furnishMoney(world: World, { payment_id, customer_id = '', subscription_id = '' }: Ids): Promise<Ids> {
  const ctx = await world.fresh()
  const request = { payment_id: payment_id ?? '', items: null, reason: null, metadata: {} }
  await correctInvoice(ctx, payment_id ?? '', { name: 'Mara L.' })
  const { refund_id } = await createRefund(ctx, request)
  const note = (await rowsOf(world, 'credit_notes')).find((each) => each.refund_id === refund_id)
  const credit_note_id = note?.credit_note_id ?? ''
  const { credit_entitlement_id } = await createCreditEntitlement(ctx, plainCredits)
  const grant = {
    entry_type: 'credit',
    amount: '5',
    expires_at: null,
    reason: null,
    metadata: {},
    idempotency_key: null,
  } as const
  await adjustCredits(ctx, { credit_entitlement_id, customer_id, ...grant })
  const deposit = { currency: 'USD', amount: 500, event_type: 'refund', reason_key: 'test:furnished' } as const
  await depositToWallet(ctx, customer_id, deposit)
  const change = { quantity: 2, addons: [], product_id: (await getSubscription(ctx, subscription_id)).product_id }
  const { quote_id } = await quoteChange(ctx, subscription_id, change)
  const discount = { type: 'percentage', amount: 1000 } as const
  const { discount_id, code } = await world.client().discounts.create(discount)
  return { refund_id, credit_note_id, credit_entitlement_id, quote_id, discount_id, code }
}

/** One that was made to the customer and waits for an answer. */
async function furnishOffer(world: World, subscription_id: string): Promise<string> {
  const ctx = await world.fresh()
  await setCancellationOffers(ctx, [{ type: 'pause', pause_months: 2, reasons: null }])
  const asked = { effective_at: 'immediately', cancellation_feedback: 'unused', cancellation_comment: null } as const
  return (await makeOffer(ctx, subscription_id, asked))?.offer_id ?? ''
}

/** Well formed, and nobody's. */
export const nobody: Ids = {
  offer_id: newId('cancellation_offer'),
  customer_id: newId('customer'),
  subscription_id: newId('subscription'),
  payment_id: newId('payment'),
  payment_method_id: newId('payment_method'),
  session_id: newId('checkout_session'),
  email_log_id: newId('email'),
  product_id: newId('product'),
  brand_id: newId('brand'),
  slug: 'nobodys',
  addon_id: newId('addon'),
  localized_price_id: newId('localized_price'),
  product_collection_id: newId('product_collection'),
  group_id: '00000000-0000-4000-8000-000000000000',
  item_id: '00000000-0000-4000-8000-000000000000',
  meter_id: newId('meter'),
  event_id: 'request-0001',
  refund_id: newId('refund'),
  credit_note_id: newId('credit_note'),
  quote_id: newId('quote'),
  credit_entitlement_id: newId('credit_entitlement'),
  webhook_id: newId('webhook'),
  discount_id: newId('discount'),
  code: 'NOBODYS',
  entitlement_id: newId('entitlement'),
  grant_id: newId('entitlement_grant'),
  files_grant_id: newId('entitlement_grant'),
  file_id: '00000000-0000-4000-8000-000000000000',
  license_key_id: newId('license_key'),
  license_key_instance_id: newId('license_key_instance'),
}
