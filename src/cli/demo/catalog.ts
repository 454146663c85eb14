// What the demo sells: drawing tools by subscription, and a family of typefaces to own. Prices in euro cents.
import { strToU8, zipSync } from 'fflate'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { OneTimePrice, ProductFields, RecurringPrice } from '#core/catalog/product-columns.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import { addFile } from '#core/files/add-file.ts'
import { createMeter } from '#core/usage/create-meter.ts'
import type { BusinessCtx } from '#src/context.ts'

export type Catalog = Awaited<ReturnType<typeof createCatalog>>

export async function createCatalog(ctx: BusinessCtx) {
  const [seat, preview, archive] = await createAddons(ctx)
  const addons = [seat, preview, archive]
  const solo = await plan(ctx, 'Solo', 'One desk, every brush, unlimited canvases', recurring(1200, 'Month'), [preview])
  const studio = await plan(
    ctx,
    'Studio',
    'Five desks and shared libraries, paid by the month',
    recurring(2900, 'Month'),
    addons,
  )
  const yearly = await plan(
    ctx,
    'Studio Yearly',
    'Five desks and shared libraries, two months free',
    recurring(29_000, 'Year'),
    addons,
  )
  const motion = await plan(
    ctx,
    'Motion Lab',
    'Animation for what you drew; 14 days free',
    recurring(1900, 'Month', 14),
    [],
  )
  const typefaces = await createTypefaces(ctx)
  const cloud = await createCloud(ctx)
  await createCollection(ctx, {
    name: 'Almquill plans',
    groups: [
      { group_name: 'For one', items: [{ product_id: solo }, { product_id: motion }] },
      { group_name: 'For teams', items: [{ product_id: studio }, { product_id: yearly }] },
    ],
  })
  return { solo, studio, yearly, motion, typefaces, seat, preview, archive, ...cloud }
}

export const FRAMES = 'frames_rendered'

/** Paid by what is rendered, and credits to be given away. */
async function createCloud(ctx: BusinessCtx) {
  const { meter_id } = await createMeter(ctx, {
    ...{ name: 'Frames rendered', description: null, event_name: FRAMES, measurement_unit: 'frames' },
    ...{ aggregation_type: 'sum', aggregation_key: 'frames', filter: null },
  })
  const { trial_period_days: _, ...rhythm } = recurring(500, 'Month')
  const { product_id } = await createProduct(ctx, {
    ...{ ...plain, name: 'Render Cloud', description: 'We render while you draw on', tax_category: 'saas' },
    price: {
      ...rhythm,
      type: 'usage_based_price',
      meters: [{ meter_id, price_per_unit: '0.8', free_threshold: 1000 }],
    },
  })
  const { credit_entitlement_id } = await createCreditEntitlement(ctx, {
    ...{
      name: 'Stock images',
      description: 'Pictures from our library',
      unit: 'images',
      precision: 0,
      currency: 'EUR',
    },
    ...{ price_per_unit: null, expires_after_days: null, rollover_enabled: false, rollover_percentage: null },
    ...{ rollover_timeframe_count: null, rollover_timeframe_interval: null, max_rollover_count: null },
    ...{ overage_enabled: false, overage_limit: null, overage_behavior: 'forgive_at_reset' },
  })
  return { cloud: product_id, images: credit_entitlement_id }
}

async function createAddons(ctx: BusinessCtx): Promise<[string, string, string]> {
  const add = async (name: string, description: string, price: number) =>
    (await createAddon(ctx, { name, description, currency: 'EUR', price, tax_category: 'saas' })).addon_id
  return [
    await add('Extra desk', 'One more person who draws along', 900),
    await add('Client previews', 'Private pages on which clients leave notes', 500),
    await add('Long memory', 'Every version of every canvas, for ten years', 400),
  ]
}

async function plan(ctx: BusinessCtx, name: string, description: string, price: RecurringPrice, addons: string[]) {
  const product = await createProduct(ctx, { ...plain, name, description, tax_category: 'saas', price, addons })
  return product.product_id
}

/** What the neighbour sells. */
export function createPrintClub(ctx: BusinessCtx): Promise<string> {
  const price = { ...recurring(1800, 'Month'), currency: 'GBP' }
  return plan(ctx, 'Print Club', 'One signed print by post each month', price, [])
}

/** What the license is for, to download. */
async function createFonts(ctx: BusinessCtx): Promise<string> {
  const { entitlement_id } = await createEntitlement(ctx, {
    ...{ name: 'Almquill Serif, fonts', description: null, integration_type: 'digital_files', metadata: {} },
    integration_config: {
      external_url: null,
      instructions: 'Unpack the archive and open the fonts you need.\nThe guide shows how they are licensed.',
    },
  })
  await addFile(ctx, entitlement_id, {
    ...{ filename: 'almquill-serif.zip', content_type: 'application/zip', content: contentOf(zipSync(fonts)) },
  })
  await addFile(ctx, entitlement_id, {
    ...{ filename: 'Installation guide.txt', content_type: 'text/plain', content: contentOf(strToU8(GUIDE)) },
  })
  return entitlement_id
}

const GUIDE = `Almquill Serif

1. Unpack almquill-serif.zip.
2. Open the styles you need, and install them.
3. In Almquill, choose Fonts, Add license, and enter your key.
`

const fonts = { 'almquill-serif/README.txt': strToU8('The demo sells no real fonts: these are words about them.\n') }

async function* contentOf(bytes: Uint8Array) {
  yield bytes
}

async function createTypefaces(ctx: BusinessCtx): Promise<string> {
  const price: OneTimePrice = {
    ...priced(8900),
    type: 'one_time_price',
    pay_what_you_want: false,
    suggested_price: null,
  }
  const product = await createProduct(ctx, {
    ...plain,
    name: 'Almquill Serif, desktop license',
    entitlements: [await createFonts(ctx)],
    description: 'Twelve styles for one workstation each, to keep',
    tax_category: 'digital_products',
    price,
    license_key_enabled: true,
    license_key_activations_limit: 2,
    license_key_activation_message: 'Enter the key in Almquill under Fonts, Add license.',
  })
  return product.product_id
}

const plain: Omit<ProductFields, 'name' | 'description' | 'tax_category' | 'price'> = {
  addons: [],
  license_key_enabled: false,
  license_key_activations_limit: null,
  license_key_activation_message: null,
  license_key_duration: null,
  metadata: {},
}

function priced(price: number) {
  return { currency: 'EUR', price, discount_bps: 0, tax_inclusive: false }
}

function recurring(price: number, interval: 'Month' | 'Year', trial_period_days = 0): RecurringPrice {
  return {
    ...priced(price),
    type: 'recurring_price',
    payment_frequency_count: 1,
    payment_frequency_interval: interval,
    subscription_period_count: 10,
    subscription_period_interval: 'Year',
    trial_period_days,
  }
}
