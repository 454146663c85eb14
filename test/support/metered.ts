// A product whose price has a fixed part and one by usage, and whoever uses it.
import { createProduct } from '#core/catalog/create-product.ts'
import type { UsageBasedPrice } from '#core/catalog/product-columns.ts'
import { createMeter, type NewMeter } from '#core/usage/create-meter.ts'
import { ingestEvents } from '#core/usage/ingest-events.ts'
import type { Metadata, PlanMeter } from '#db/json-types.ts'
import { plan } from './buy.ts'
import { rowsOf } from './story.ts'
import type { World } from './world.ts'

export async function makeMeter(world: World, meter: Partial<NewMeter> = {}): Promise<string> {
  const made = await createMeter(await world.fresh(), {
    name: 'API calls',
    description: null,
    event_name: 'api_request',
    measurement_unit: 'calls',
    aggregation_type: 'count',
    aggregation_key: null,
    filter: null,
    ...meter,
  })
  return made.meter_id
}

/** 10.00 every 30 days, and what the meters add up to. */
export async function makeMetered(
  world: World,
  meters: PlanMeter[],
  { name = 'Metered', ...price }: Partial<UsageBasedPrice> & { name?: string } = {},
): Promise<string> {
  const { price: of, ...fields } = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day', price: 1000 })
  if (of.type !== 'recurring_price') throw new Error('a plan recurs')
  const { trial_period_days: _, ...rhythm } = of
  const product = await createProduct(await world.fresh(), {
    ...fields,
    name,
    price: { ...rhythm, ...price, type: 'usage_based_price', meters },
  })
  return product.product_id
}

let reported = 0

/** Reports so many events of now, or of the time given. */
export async function use(
  world: World,
  count: number,
  { at, metadata }: { at?: string; metadata?: Metadata } = {},
): Promise<void> {
  const [customer] = await rowsOf(world, 'customers')
  const timestamp = at === undefined ? null : Temporal.Instant.from(at)
  for (let left = count; left > 0; left -= 1000) {
    const events = Array.from({ length: Math.min(left, 1000) }, () => {
      reported += 1
      const event = { event_id: `use-${reported}`, customer_id: customer?.customer_id ?? '', event_name: 'api_request' }
      return { ...event, timestamp, metadata: metadata ?? null }
    })
    await ingestEvents(await world.fresh(), events)
  }
}

/** "01-31 API calls (1200 calls) at 5 = 1000": the lines of usage, by the day they were owed. */
export async function billed(world: World): Promise<string[]> {
  const dues = await rowsOf(world, 'dues')
  return (await rowsOf(world, 'dues_lines'))
    .map((line) => ({ line, owed: dues.find(({ dues_id }) => dues_id === line.dues_id) }))
    .filter(({ line, owed }) => line.kind === 'meter' && owed?.status !== 'void')
    .map(({ line, owed }) => {
      const day = owed?.created_at.toString().slice(5, 10)
      return `${day} ${line.description} at ${line.price_per_unit} = ${line.amount}`
    })
    .sort()
}
