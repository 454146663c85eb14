// The checkout, the pay pages, and what plays the processor.
import type { Page } from 'playwright-core'
import type { CreateCheckout } from '#api/checkouts/checkout-input.ts'
import { toPageWishes } from '#api/checkouts/page-input.ts'
import { createBrand } from '#core/brands/create-brand.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { archiveProduct } from '#core/catalog/archive-product.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { drawPicture } from '#core/images/draw-picture.ts'
import { takeUpload } from '#core/images/take-upload.ts'
import { createPayLink } from '#core/recovery/pay-links.ts'
import { createShortLink } from '#core/short-links/create-short-link.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { newId } from '#src/ids.ts'
import { buy, cards, plan, post } from '#test/support/buy.ts'
import { type Everyday, offer } from '#test/support/everyday.ts'
import { paint } from '#test/support/pictures.ts'
import { type Grounds, type Place, press, sendUnchecked } from './grounds.ts'

const newCheckout = async (fields: Parameters<typeof createProduct>[1], { world }: Grounds) => {
  const { product_id } = await createProduct(await world.fresh(), fields)
  return world.urls.checkout((await offer(world, product_id)).checkout_id)
}

const payLink =
  (which: keyof Everyday['subscriptions'], purpose: 'dues' | 'method') =>
  async ({ world, everyday }: Grounds) => {
    const owner = { subscription_id: everyday.subscriptions[which], customer_id: everyday.customer_id }
    return world.urls.pay((await createPayLink(await world.fresh(), owner, { purpose, return_url: null })).pay_link_id)
  }

/** Of somebody else, so that nobody's pages change: to a dearer plan with two seats. */
const changeLink =
  (after: (grounds: Grounds, link: string, subscription_id: string) => Promise<unknown> = async () => {}) =>
  async (grounds: Grounds) => {
    const { world, everyday } = grounds
    const { subscription_id } = await buy(world, plan(), { email: 'tove@northwind.example', name: 'Tove' })
    await setSettings(await world.fresh(), { collect_plan_change_payments_by_payment_link: true })
    const { payment_link } = await world.client().subscriptions.changePlan(subscription_id, {
      product_id: everyday.plans.team,
      quantity: 2,
      proration_billing_mode: 'prorated_immediately',
      collect_via_payment_link: true,
    })
    await after(grounds, payment_link ?? '', subscription_id)
    return payment_link ?? ''
  }

const payChange = async ({ world }: Grounds, link: string) => {
  const page = (await post(world, link, {})).headers.get('location') ?? ''
  await post(world, page, { number: cards.good, expiry: '12/34', cvc: '123', name: 'Tove' })
  await world.app.request(`${link}/return`)
}

const endChanged = async ({ world }: Grounds, _: string, id: string) =>
  cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })

const toProcessor = async (page: Page) => {
  await page.locator('[name=email]').last().fill('yuki@northwind.example')
  await page.locator('[name=name]').fill('Yuki')
  await page.locator('[name=country]').selectOption('JP')
  await press(page, 'main form:has([name=country]) [type=submit]')
  await page.locator('[name=number]').waitFor()
}

const payWith = (number: string) => async (page: Page) => {
  await toProcessor(page)
  await page.locator('[name=number]').fill(number)
  await page.locator('[name=expiry]').fill('12/34')
  await page.locator('[name=cvc]').fill('123')
  await press(page, '[type=submit]')
  await page.waitForURL((url) => !url.pathname.startsWith('/sandbox/pages/') || url.pathname.endsWith('/challenge'))
}

/** Of a brand with a statement descriptor. */
const debitOnly = async ({ world }: Grounds) => {
  const ctx = await world.fresh()
  const named = { name: 'Pencils', description: null, url: null, support_email: null }
  const { brand_id } = await createBrand(ctx, { ...named, statement_descriptor: 'LINDEN PENCILS' })
  const { product_id } = await createProduct(ctx, plan({}, { brand_id }))
  const allowed_payment_method_types = ['debit']
  return world.urls.checkout((await offer(world, product_id, { allowed_payment_method_types })).checkout_id)
}

const payWrongly = async (page: Page) => {
  await toProcessor(page)
  await page.locator('[name=number]').fill(cards.good)
  await press(page, '[type=submit]')
  await page.locator('[aria-invalid=true]').first().waitFor()
}

/** The address of a product that is sold, or was. */
const shortLink =
  (sold: boolean) =>
  async ({ world }: Grounds) => {
    const ctx = await world.fresh()
    const { product_id } = await createProduct(ctx, plan())
    const slug = newId('product').slice(4).toLowerCase()
    await createShortLink(ctx, product_id, { slug, static_checkout_params: { quantity: '2' } })
    if (!sold) await archiveProduct(ctx, product_id)
    return world.urls.buy(world.business_id, slug)
  }

/** Of a brand with a picture of its own, with a product that has one and an add-on that has none. */
const pictured = async ({ world }: Grounds) => {
  const ctx = await world.fresh()
  const priced = { currency: 'USD', price: 800, tax_category: 'saas' } as const
  const { addon_id } = await createAddon(ctx, { name: 'Extra seat', ...priced })
  const named = { name: 'Pencils', description: null, url: null, support_email: null }
  const { brand_id } = await createBrand(ctx, named)
  const words = { name: 'Studio, every month', description: 'All brushes, on every device you draw with' }
  const { product_id } = await createProduct(ctx, plan({}, { ...words, brand_id, addons: [addon_id] }))
  await takeUpload(
    ctx,
    { place: 'products', id: product_id, image_id: crypto.randomUUID() },
    await drawPicture(await paint('png', 400, 300), 'page', 'image'),
  )
  await takeUpload(
    ctx,
    { place: 'brands', id: brand_id, image_id: crypto.randomUUID() },
    await drawPicture(await paint('png', 96, 96), 'mail', 'image'),
  )
  const cart = [{ product_id, quantity: 1, addons: [{ addon_id, quantity: 2 }], amount: null }]
  return world.urls.checkout((await createCheckout(ctx, { product_cart: cart })).checkout_id)
}

/** Asks questions, locks the address, shows a saved card, sells of a collection with add-ons. */
const asking = async ({ world, everyday }: Grounds) => {
  const ctx = await world.fresh()
  const { addon_id } = await createAddon(ctx, { name: 'Extra seat', currency: 'USD', price: 800, tax_category: 'saas' })
  const make = async (name: string, price: number) =>
    (await createProduct(ctx, plan({ price }, { name, addons: [addon_id] }))).product_id
  const items = [await make('Studio, every month', 2900), await make('Studio and archive, every month', 8000)]
  const { product_collection_id } = await createCollection(ctx, {
    name: 'Studio plans',
    groups: [{ group_name: 'Every month', items: items.map((product_id) => ({ product_id })) }],
  })
  const custom_fields: CreateCheckout['custom_fields'] = [
    { key: 'team', label: 'How many people are in your team?', field_type: 'number', required: true },
    { key: 'tool', label: 'What do you draw with?', field_type: 'dropdown', options: ['Tablet', 'Mouse'] },
    { key: 'start', label: 'When do you start?', field_type: 'date' },
    { key: 'terms', label: 'I have read the terms of the studio', field_type: 'boolean', required: true },
  ]
  const { checkout_id } = await createCheckout(ctx, {
    product_cart: [],
    product_collection_id,
    customer: { customer_id: everyday.customer_id },
    page: toPageWishes({
      custom_fields,
      feature_flags: { allow_customer_editing_email: false, allow_editing_addons: true, require_phone_number: true },
      show_saved_payment_methods: true,
    }),
  })
  return world.urls.checkout(checkout_id)
}

export const buying: Place[] = [
  { name: 'checkout', main: true, at: ({ world, everyday }) => world.urls.checkout(everyday.open_checkout) },
  {
    name: 'checkout with a problem',
    at: ({ world, everyday }) => world.urls.checkout(everyday.open_checkout),
    act: sendUnchecked,
  },
  { name: 'checkout of a trial', at: (on) => newCheckout(plan({ trial_period_days: 14 }), on) },
  {
    name: 'checkout that needs no card',
    at: (on) => newCheckout(plan({ trial_period_days: 14, trial_payment_method_optional: true }), on),
  },
  { name: 'begun without a card', at: ({ world, trying }) => world.urls.checkoutDone(trying.checkout_id) },
  { name: 'checkout with pictures', at: pictured },
  { name: 'checkout with choices and questions', at: asking },
  { name: 'checkout with choices and problems', at: asking, act: sendUnchecked },
  { name: 'short link', at: shortLink(true) },
  { name: 'short link of what is sold no more', at: shortLink(false) },
  { name: 'checkout done', main: true, at: ({ world, everyday }) => world.urls.checkoutDone(everyday.paid_checkout) },
  { name: 'checkout closed', at: ({ world, everyday }) => world.urls.checkout(everyday.paid_checkout) },
  { name: 'what is owed', main: true, at: payLink('on_hold', 'dues') },
  { name: 'another payment method', at: payLink('active', 'method') },
  { name: 'nothing owed', at: payLink('active', 'dues') },
  { name: 'owed no more', at: payLink('past', 'dues') },
  { name: 'a change to pay for', main: true, at: changeLink() },
  { name: 'a change that is paid for', at: changeLink(payChange) },
  { name: 'a change that is not open any more', at: changeLink(endChanged) },
  { name: 'processor’s page', at: (on) => newCheckout(plan(), on), act: toProcessor, tool: true },
  { name: 'processor’s page for debit cards', at: debitOnly, act: payWrongly, tool: true },
  { name: 'bank’s question', at: (on) => newCheckout(plan(), on), act: payWith(cards.challenge), tool: true },
]
