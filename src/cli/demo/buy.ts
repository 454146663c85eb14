// A purchase as a person makes it: the checkout, the form on the processor's page, and the way back.
import { type Person, type PersonName, people } from '#cli/demo/people.ts'
import { customerOf, type Pages, type Shop } from '#cli/demo/stage.ts'
import { beginPayment } from '#core/checkout/begin-payment.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { returnFromPage } from '#core/checkout/open-page.ts'
import { getCheckout } from '#core/checkout/queries.ts'
import type { CartAddon } from '#db/json-types.ts'
import { withActor } from '#src/context.ts'

export interface Wanted {
  product_id: string
  quantity?: number
  addons?: CartAddon[]
}

/** Throws where the checkout was not paid in the end. */
export async function buy(stage: Shop, name: PersonName, wanted: Wanted): Promise<void> {
  const person: Person = people[name]
  const { product_id, quantity = 1, addons = [] } = wanted
  const customer_id = await customerOf(stage, name)
  const cart = [{ product_id, quantity, addons, amount: null }]
  const { checkout_id } = await createCheckout(stage.ctx, { product_cart: cart, customer: { customer_id } })
  const ctx = withActor(stage.ctx, { type: 'system', id: 'checkout' })
  const step = await beginPayment(ctx, checkout_id, person)
  if (step.type !== 'page') throw new Error(`the checkout of ${name} leads to no page but is ${step.type}`)
  await payOnPage(stage.pages, step.url, person)
  await returnFromPage(ctx, checkout_id)
  const { consumed_at, subscription_id } = await getCheckout(ctx, checkout_id)
  if (consumed_at === null) throw new Error(`the checkout of ${name} was not paid`)
  if (subscription_id !== null) stage.subscriptions.set(name, subscription_id)
}

async function payOnPage(pages: Pages, url: string, { card, name }: Person): Promise<void> {
  const { pathname, origin } = new URL(url)
  const expiry = Temporal.Now.plainDateISO().add({ years: 3 })
  const form = { number: card, expiry: `${expiry.month}/${expiry.year}`, cvc: '123', name }
  const headers = { origin }
  const response = await pages.request(pathname.replace(/^\/sandbox/, ''), {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  if (response.status !== 303) throw new Error(`the page of the sandbox answered ${response.status}`)
}
