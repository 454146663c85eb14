import { expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { lockCheckout } from '#core/checkout/store.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { inTransaction } from '#src/context.ts'
import { plan, post } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'

const { newWorld } = stage()

test('settling and pressing Pay again wait for one another in one order, and never deadlock', async () => {
  const world = await newWorld()
  const ctx = await world.fresh()
  const { product_id } = await createProduct(ctx, plan())
  const product_cart = [{ product_id, quantity: 1, addons: [], amount: null }]
  const { checkout_id } = await createCheckout(ctx, { product_cart })
  await post(world, world.urls.checkout(checkout_id), { email: 'mara@northwind.example', name: 'Mara', country: 'SE' })
  const [payment] = await rowsOf(world, 'payments')
  let settling: Promise<unknown> = Promise.resolve()
  await inTransaction(ctx, async (pressing) => {
    await lockCheckout(pressing, checkout_id)
    settling = settlePayment(ctx, payment?.payment_id ?? '', { status: 'succeeded', reference: 'x', method: null })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await lockSubscription(pressing, payment?.subscription_id ?? '')
  })
  await settling
  expect((await rowsOf(world, 'payments')).map(({ status }) => status)).toEqual(['succeeded'])
})
