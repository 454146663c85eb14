// A customer with something of everything that is counted and unlocked: meters paid by money and by credits, a wallet, keys with devices,
// files, a feature, and a key that is still to come.
import { Readable } from 'node:stream'
import { createProduct } from '#core/catalog/create-product.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { createEntitlement, type NewEntitlement } from '#core/entitlements/create-entitlement.ts'
import { addFile } from '#core/files/add-file.ts'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { ingestEvents } from '#core/usage/ingest-events.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import { buy, download, payCheckout, plan } from './buy.ts'
import { plainCredits } from './credits.ts'
import { offer } from './everyday.ts'
import { makeMeter } from './metered.ts'
import { rowsOf } from './story.ts'
import type { World } from './world.ts'

export type Measured = Awaited<ReturnType<typeof measuredCustomer>>

const buyer = { email: 'iris@northwind.example', name: 'Iris Berg', country: 'SE' }

/** Buys now; the functions below are for later. */
export async function measuredCustomer(world: World) {
  const credits = { ...plainCredits, unit: 'render credits', name: 'Render credits', expires_after_days: 90 }
  const { credit_entitlement_id } = await createCreditEntitlement(await world.fresh(), {
    ...credits,
    ...{ rollover_enabled: true, rollover_percentage: 50, max_rollover_count: 2 },
    ...{ overage_enabled: true, overage_limit: 500, overage_behavior: 'invoice_at_billing' },
  })
  const farm = await buyFarm(world, credit_entitlement_id)
  const files = await entitlement(world, {
    name: 'Brushes and textures',
    description: 'Everything of the pack, in one place',
    integration_type: 'digital_files',
    integration_config: {
      external_url: 'https://files.linden.example/brushes',
      instructions: 'Unpack it into your Studio folder.\nThen restart Studio.',
    },
  })
  const kept = [
    ['Brushes for Studio.zip', 1_400_000],
    ['Läs mig först, innan du packar upp penslarna och texturerna.pdf', 2_300],
  ] as const
  for (const [filename, size] of kept) {
    const content = Readable.from([Buffer.alloc(size, 'brush')])
    await addFile(await world.fresh(), files, { filename, content_type: null, content })
  }
  const keys = { license_key_enabled: true, license_key_activations_limit: 3 }
  const told = { license_key_activation_message: 'In Studio, open Help, then Enter license, and paste the key.' }
  const pack = await buy(world, download(4900, { name: 'Brush Pack', entitlements: [files], ...keys, ...told }), buyer)
  const grants = (await rowsOf(world, 'entitlement_grants')).filter((row) => row.customer_id === pack.customer_id)
  const key = (await rowsOf(world, 'license_keys')).find((row) => row.product_id === pack.product_id)
  if (key === undefined) throw new Error('the pack comes with a key')
  const { ctx } = world.modes.test
  const mac = await activateLicense(ctx, key.key, 'Studio Mac')
  await activateLicense(ctx, key.key, 'Travel laptop')
  const credit = { currency: 'USD', entry_type: 'credit', idempotency_key: null } as const
  await adjustWallet(await world.fresh(), pack.customer_id, {
    ...credit,
    amount: 2500,
    reason: 'Thank you for waiting',
  })
  return {
    ...farm,
    customer_id: pack.customer_id,
    credit_entitlement_id,
    license_key_id: key.license_key_id,
    license_key: key.key,
    license_key_instance_id: mac.license_key_instance_id,
    grant_id: grants.find((row) => row.entitlement_id === files)?.grant_id ?? '',
  }
}

async function buyFarm(world: World, credit_entitlement_id: string) {
  const calls = await makeMeter(world)
  const summed = { aggregation_type: 'sum', aggregation_key: 'amount' } as const
  const frames = await makeMeter(world, { name: 'Frames', event_name: 'frame', measurement_unit: 'frames', ...summed })
  const feature = await entitlement(world, {
    name: 'Render in the cloud',
    description: null,
    integration_type: 'feature_flag',
    integration_config: { feature_id: 'cloud_rendering', feature_type: 'boolean' },
  })
  const supplied = await entitlement(world, {
    name: 'Key for the render node',
    description: null,
    integration_type: 'license_key',
    integration_config: {
      ...{ activation_message: null, activations_limit: 1, duration_count: null, duration_interval: null },
      fulfillment_mode: 'manual',
    },
  })
  const { price, ...fields } = plan({ price: 2900 })
  if (price.type !== 'recurring_price') throw new Error('a plan recurs')
  const { trial_period_days: _, ...rhythm } = price
  const none = { credit_entitlement_id: null, meter_units_per_credit: null }
  const { product_id } = await createProduct(await world.fresh(), {
    ...{ ...fields, name: 'Render Farm', entitlements: [feature, supplied] },
    credit_entitlements: [{ credit_entitlement_id, credits_amount: '1000' }],
    price: {
      ...{ ...rhythm, type: 'usage_based_price' },
      meters: [
        { meter_id: calls, price_per_unit: '0.25', free_threshold: 500, ...none },
        {
          ...{ meter_id: frames, price_per_unit: null, free_threshold: 0 },
          ...{ credit_entitlement_id, meter_units_per_credit: '10' },
        },
      ],
    },
  })
  await payCheckout(world, (await offer(world, product_id)).checkout_id, buyer)
  const subscription = (await rowsOf(world, 'subscriptions')).find((row) => row.product_id === product_id)
  return { subscription_id: subscription?.subscription_id ?? '', meters: { calls, frames } }
}

async function entitlement(world: World, fields: Omit<NewEntitlement, 'metadata'>): Promise<string> {
  return (await createEntitlement(await world.fresh(), { ...fields, metadata: {} })).entitlement_id
}

/** Time goes on until then; of less than a week the farm is used on each day, otherwise on the last. */
export async function walkTo(world: World, customer_id: string, to: string): Promise<void> {
  const end = Temporal.Instant.from(to)
  const days = Math.floor(end.since((await world.fresh()).clock.now()).total('hours') / 24)
  for (let left = days < 7 ? days : 0; left >= 0; left -= 1) {
    await world.advanceTo(end.subtract({ hours: 24 * left }).toString())
    await useFarm(world, customer_id, days < 7 ? 40 + 45 * (left % 4) : 530)
  }
}

async function useFarm(world: World, customer_id: string, calls: number): Promise<void> {
  const ctx = await world.fresh()
  const day = ctx.clock.now().toString()
  const called = Array.from({ length: calls }, (_, call) => ({
    ...{ event_id: `call-${day}-${call}`, customer_id, event_name: 'api_request' },
  }))
  const amount = 120 + calls * 4
  await ingestEvents(ctx, [
    ...called,
    { event_id: `frames-${day}`, customer_id, event_name: 'frame', metadata: { amount } },
  ])
}

export async function giveCredits(world: World, { customer_id, credit_entitlement_id }: Measured): Promise<void> {
  const ctx = await world.fresh()
  const expires_at = ctx.clock.now().add({ hours: 24 * 14 })
  const gift = { amount: '250', entry_type: 'credit', expires_at, reason: 'For the summer campaign' } as const
  await adjustCredits(ctx, { credit_entitlement_id, customer_id, ...gift, metadata: {}, idempotency_key: null })
}
