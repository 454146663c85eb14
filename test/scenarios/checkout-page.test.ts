// What the checkout page says of discounts and tax, without JavaScript.
import { beforeEach, expect, test } from 'vitest'
import { createDiscount } from '#core/discounts/create-discount.ts'
import { setTaxRate } from '#core/tax/set-tax-rate.ts'
import { download, plan, post } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
const mara = { email: 'mara@northwind.example', name: 'Mara Lindqvist', country: 'DE' }

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

const page = async (checkout_id: string) => (await world.app.request(world.urls.checkout(checkout_id))).text()

async function halfOff() {
  const nothing = { name: null, usage_limit: null, per_customer_usage_limit: null, subscription_cycles: null }
  const always = { starts_at: null, expires_at: null, preserve_on_plan_change: false, metadata: {} }
  const terms = { type: 'percentage' as const, amount: 5000, restricted_to: [], currency_options: [] }
  const who = { code: 'HALF', customer_eligibility: 'any' as const }
  return createDiscount(await world.fresh(), { ...nothing, ...always, ...terms, ...who })
}

test('a code is entered, shown, taken off again, and refused with a reason', async () => {
  await halfOff()
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  const codes = world.urls.checkoutCodes(checkout_id)
  const refused = await post(world, codes, { code: 'NOPE' })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('There is no such code')])
  expect((await post(world, codes, { code: ' half ' })).headers.get('location')).toBe(world.urls.checkout(checkout_id))
  expect(await page(checkout_id)).toMatch(/HALF[\s\S]*15\.00[\s\S]*Pay \$15\.00/)
  await post(world, codes, { remove: 'HALF' })
  expect(await page(checkout_id)).toContain('Pay $30.00')
})

test('where the shop does not allow it, no code can be entered', async () => {
  await halfOff()
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }], { allow_discount_code: false })
  expect(await page(checkout_id)).not.toContain('discount code')
  expect((await post(world, world.urls.checkoutCodes(checkout_id), { code: 'HALF' })).status).toBe(422)
})

test('tax of a country that was only chosen now is shown before it is charged', async () => {
  const effective_from = Temporal.PlainDate.from('2026-01-01')
  const all = { region: null, tax_category: null, effective_from }
  await setTaxRate(await world.fresh(), { country: 'DE', rate: 19, name: 'VAT', ...all })
  const { checkout_id } = await checkoutOf(world, [{ product: download(1000) }])
  expect(await page(checkout_id)).toContain('by country')
  const first = await post(world, world.urls.checkout(checkout_id), { ...mara, shown_total: '1000' })
  const told = await first.text()
  expect(first.status).toBe(422)
  expect(told).toMatch(/VAT \(19%\)[\s\S]*1\.90[\s\S]*Pay \$11\.90/)
  expect(await rowsOf(world, 'payments')).toEqual([])
  const second = await post(world, world.urls.checkout(checkout_id), { ...mara, shown_total: '1190' })
  expect(second.headers.get('location')).toContain('/sandbox/')
  expect((await rowsOf(world, 'payments')).map(({ total_amount, tax }) => [total_amount, tax])).toEqual([[1190, 190]])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a tax id that cannot be one of its country is refused beside its field', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: download(1000) }])
  const answer = await post(world, world.urls.checkout(checkout_id), { ...mara, tax_id: 'DE12' })
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('does not look like a tax ID')])
})
