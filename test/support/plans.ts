// Three plans of 30 days, an add-on, and one subscription that changes between them.
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields, RecurringPrice } from '#core/catalog/product-columns.ts'
import { changePlan, type PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import { type Buyer, payCheckout, plan } from './buy.ts'
import { offer } from './everyday.ts'
import { rowsOf } from './story.ts'
import type { World } from './world.ts'

const THIRTY_DAYS = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const
const NOW = { effective_at: 'immediately' } as const

export type Plans = Awaited<ReturnType<typeof makePlans>>

/** Basic 30.00, Pro 80.00 with seats of 10.00, Starter 20.00, and Pro for a year at 800.00. */
export async function makePlans(world: World, fields: Partial<ProductFields> = {}) {
  const ctx = await world.fresh()
  const { addon_id } = await createAddon(ctx, { name: 'Seat', price: 1000, currency: 'USD', tax_category: 'saas' })
  const make = async (name: string, price: Partial<RecurringPrice>, addons: string[] = []) =>
    (await createProduct(ctx, { ...plan({ ...THIRTY_DAYS, ...price }), ...fields, name, addons })).product_id
  return {
    addon_id,
    basic: await make('Basic', { price: 3000 }),
    pro: await make('Pro', { price: 8000 }, [addon_id]),
    starter: await make('Starter', { price: 2000 }),
    yearly: await make('Pro, yearly', {
      price: 80_000,
      payment_frequency_count: 1,
      payment_frequency_interval: 'Year',
    }),
  }
}

/** Buys one of the plans; answers the subscription. */
export async function subscribeTo(world: World, product_id: string, buyer: Buyer = {}, trial_period_days = 0) {
  const { checkout_id } = await offer(world, product_id, { trial_period_days })
  await payCheckout(world, checkout_id, buyer)
  const checkout = (await rowsOf(world, 'checkout_sessions')).find((row) => row.checkout_id === checkout_id)
  return checkout?.subscription_id ?? ''
}

/** Changes at once, prorated and only if it is paid, unless told otherwise. */
export async function change(
  world: World,
  subscription_id: string,
  product_id: string,
  more: Partial<PlanChangeRequest> = {},
) {
  return changePlan(await world.fresh(), subscription_id, {
    product_id,
    quantity: 1,
    addons: [],
    proration_billing_mode: 'prorated_immediately',
    on_payment_failure: 'prevent_change',
    ...NOW,
    ...more,
  })
}

/** "01-31 80.00 = 50.00 + 30.00 credit": what was owed, paid by the method and paid by credit. */
export async function paid(world: World): Promise<string[]> {
  const dues = await rowsOf(world, 'dues')
  return (await rowsOf(world, 'payments')).map(({ dues_id, total_amount, created_at, status }) => {
    const owed = dues.find((row) => row.dues_id === dues_id)
    const credit = owed?.credit_applied ? ` + ${money(owed.credit_applied)} credit` : ''
    const wallet = owed?.wallet_applied ? ` + ${money(owed.wallet_applied)} wallet` : ''
    const failed = status === 'succeeded' ? '' : ` ${status}`
    return `${created_at.toString().slice(5, 10)} ${money(total_amount)}${credit}${wallet}${failed}`
  })
}

const money = (amount: number) => (amount / 100).toFixed(2)
