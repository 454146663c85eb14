// Behind the sign-in.
import type { Page } from 'playwright-core'
import { makeOffer } from '#core/cancellation-offers/make-offer.ts'
import { setCancellationOffers } from '#core/cancellation-offers/set-offers.ts'
import { confirmQuote } from '#core/quotes/confirm-quote.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { withActor } from '#src/context.ts'
import type { Everyday } from '#test/support/everyday.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import type { ListeningWorld } from '#test/support/listen-world.ts'
import { rowsOf } from '#test/support/story.ts'
import { type Grounds, type Place, portal, press, sendUnchecked } from './grounds.ts'

const subscription = (which: keyof Everyday['subscriptions'], query?: { done: string }) => (grounds: Grounds) =>
  portal(grounds).subscription(grounds.world.business_id, grounds.everyday.subscriptions[which], query)

const methodOf = (which: keyof Everyday['subscriptions'], query?: { done: string }) => (on: Grounds) =>
  portal(on).subscriptionPaymentMethod(on.world.business_id, on.everyday.subscriptions[which], query)

const methods = (query?: { done: string }) => (on: Grounds) => portal(on).paymentMethods(on.world.business_id, query)

/** Ways to pay, and what is owed. */
const payingPlaces: Place[] = [
  { name: 'payment methods', as: 'everyday', main: true, at: methods({ done: 'method_added' }) },
  { name: 'payment methods, none', as: 'newcomer', at: methods({ done: 'method_not_added' }) },
  {
    name: 'payment method in use',
    as: 'everyday',
    at: methods(),
    act: (page) => press(page, '[data-dialog^=remove]'),
  },
  {
    name: 'removing a payment method',
    as: 'everyday',
    at: methods(),
    act: async (page) => page.goto((await page.locator('[data-dialog^=remove]').last().getAttribute('href')) ?? ''),
  },
  { name: 'payment method of a subscription', as: 'everyday', main: true, at: methodOf('active') },
  { name: 'paying what is owed', as: 'everyday', main: true, at: methodOf('on_hold', { done: 'payment_declined' }) },
  { name: 'payment method of one that is over', as: 'everyday', at: methodOf('past') },
  { name: 'overview without a card', as: 'trying', at: ({ world }) => world.urls.portal.overview(world.business_id) },
  {
    name: 'subscription without a card',
    as: 'trying',
    at: ({ world, trying }) => world.urls.portal.subscription(world.business_id, trying.subscription_id),
  },
  {
    name: 'payment method of one without a card',
    as: 'trying',
    at: ({ world, trying }) => world.urls.portal.subscriptionPaymentMethod(world.business_id, trying.subscription_id),
  },
]
function planChange(on: Grounds, which: keyof Everyday['subscriptions']): string {
  return portal(on).planChange(on.world.business_id, on.everyday.subscriptions[which])
}

const wishWrongly = async (page: Page) => {
  await page.locator('[name=quantity]').fill('2.5')
  await page.locator('[name=code]').fill('NOPE')
  await press(page, 'main form [type=submit]')
  await page.locator('[aria-invalid=true]').first().waitFor()
}

const asCustomer = async ({ world, everyday }: Grounds) =>
  withActor(await world.fresh(), { type: 'customer', id: everyday.customer_id })

const quoted =
  (which: keyof Everyday['plans']) =>
  async (on: Grounds): Promise<string> => {
    const { subscriptions, plans } = on.everyday
    const wish = { product_id: plans[which], quantity: 1, addons: [] }
    const { quote_id } = await quoteChange(await asCustomer(on), subscriptions.active, wish)
    return portal(on).planQuote(on.world.business_id, subscriptions.active, quote_id)
  }

const declined = async (on: Grounds) => {
  const url = await quoted('team')(on)
  await setLaterCharges(on.world, 'INSUFFICIENT_FUNDS')
  await confirmQuote(await asCustomer(on), url.split('/').at(-1) ?? '')
  await setLaterCharges(on.world, 'succeeds')
  return url
}

/** Behind the sign-in. */
export const inside: Place[] = [
  { name: 'overview', as: 'everyday', main: true, at: (on) => portal(on).overview(on.world.business_id) },
  { name: 'overview with nothing', as: 'newcomer', at: (on) => portal(on).overview(on.world.business_id) },
  { name: 'subscriptions', as: 'everyday', at: (on) => portal(on).subscriptions(on.world.business_id) },
  { name: 'subscriptions with none', as: 'newcomer', at: (on) => portal(on).subscriptions(on.world.business_id) },
  { name: 'subscription', as: 'everyday', main: true, at: subscription('active') },
  { name: 'subscription on hold', as: 'everyday', at: subscription('on_hold') },
  {
    name: 'subscription that ends',
    as: 'everyday',
    main: true,
    at: subscription('ending', { done: 'cancellation_scheduled' }),
  },
  { name: 'subscription in its trial', as: 'everyday', at: subscription('trial') },
  { name: 'subscription that is over', as: 'everyday', at: subscription('past', { done: 'cancelled' }) },
  {
    name: 'cancel dialog',
    as: 'everyday',
    at: subscription('active'),
    act: (page) => press(page, '[data-dialog=cancel]'),
  },
  { name: 'cancel page', as: 'everyday', main: true, at: (on) => cancellation(on, 'active') },
  { name: 'cancel page with a problem', as: 'everyday', at: (on) => cancellation(on, 'active'), act: sendUnchecked },
  { name: 'subscription that is paused', as: 'everyday', at: subscription('paused', { done: 'paused' }) },
  {
    name: 'pause dialog',
    as: 'everyday',
    at: subscription('active'),
    act: (page) => press(page, '[data-dialog=pause]'),
  },
  { name: 'pause page', as: 'everyday', at: (on) => pause(on, 'active') },
  { name: 'offer to stay', as: 'everyday', at: offerToStay },
  { name: 'nothing to pause', as: 'everyday', at: (on) => pause(on, 'paused') },
  { name: 'nothing to cancel', as: 'everyday', at: (on) => cancellation(on, 'past') },
  ...payingPlaces,
  { name: 'change plan', as: 'everyday', main: true, at: (on) => planChange(on, 'active') },
  { name: 'change plan with a problem', as: 'everyday', at: (on) => planChange(on, 'active'), act: wishWrongly },
  { name: 'change plan, not now', as: 'everyday', at: (on) => planChange(on, 'ending') },
  { name: 'change plan, quoted', as: 'everyday', main: true, at: quoted('team') },
  { name: 'change plan, quoted for later', as: 'everyday', at: quoted('basic') },
  { name: 'change plan, declined', as: 'everyday', at: declined },
  { name: 'billing history', as: 'everyday', main: true, at: (on) => portal(on).billingHistory(on.world.business_id) },
  {
    name: 'billing history, nothing found',
    as: 'everyday',
    at: (on) => portal(on).billingHistory(on.world.business_id, { status: 'cancelled' }),
  },
  {
    name: 'payment',
    as: 'everyday',
    main: true,
    at: latestPayment((on, id) => portal(on).payment(on.world.business_id, id)),
  },
  { name: 'profile', as: 'everyday', main: true, at: (on) => portal(on).profile(on.world.business_id) },
  { name: 'billing information', as: 'everyday', at: (on) => portal(on).profileBilling(on.world.business_id) },
  {
    name: 'billing information with a problem',
    as: 'everyday',
    at: (on) => portal(on).subscriptionBilling(on.world.business_id, on.everyday.subscriptions.active),
    act: async (page) => {
      await page.locator('[name=tax_id]').fill('no tax ID')
      await sendUnchecked(page)
    },
  },
  { name: 'another e-mail address', as: 'everyday', at: (on) => portal(on).profileEmail(on.world.business_id) },
  { name: 'activity', as: 'everyday', at: (on) => portal(on).activity(on.world.business_id) },
  { name: 'deleting everything', as: 'everyday', at: (on) => portal(on).deletion(on.world.business_id) },
  { name: 'deleting everything, nothing runs', as: 'newcomer', at: (on) => portal(on).deletion(on.world.business_id) },
  {
    name: 'details on an invoice',
    as: 'everyday',
    at: latestPayment((on, id) => portal(on).invoiceDetails(on.world.business_id, id)),
  },
  { name: 'billing history, empty', as: 'newcomer', at: (on) => portal(on).billingHistory(on.world.business_id) },
  { name: 'license keys', as: 'measured', at: (on) => portal(on).licenseKeys(on.world.business_id) },
  { name: 'license keys with none', as: 'newcomer', at: (on) => portal(on).licenseKeys(on.world.business_id) },
  { name: 'license key', as: 'measured', main: true, at: licenseKey, act: (page) => press(page, '.secret > summary') },
  { name: 'deactivate dialog', as: 'measured', at: licenseKey, act: (page) => press(page, '[data-dialog^=lki_]') },
  {
    name: 'deactivate page',
    as: 'measured',
    at: (on) => portal(on).devicesDeactivation(on.world.business_id, on.measured.license_key_id),
  },
  { name: 'what was bought', as: 'measured', main: true, at: (on) => portal(on).entitlements(on.world.business_id) },
  { name: 'nothing bought', as: 'newcomer', at: (on) => portal(on).entitlements(on.world.business_id) },
  { name: 'usage', as: 'measured', main: true, at: (on) => portal(on).usage(on.world.business_id) },
  {
    name: 'usage that was billed',
    as: 'measured',
    at: (on) => portal(on).usageHistory(on.world.business_id, on.measured.subscription_id),
  },
  { name: 'wallet', as: 'measured', at: (on) => portal(on).wallet(on.world.business_id, { currency: 'USD' }) },
  {
    name: 'credits',
    as: 'measured',
    at: (on) => portal(on).credits(on.world.business_id, on.measured.credit_entitlement_id),
  },
  { name: 'usage with nothing', as: 'newcomer', at: (on) => portal(on).usage(on.world.business_id) },
  {
    name: 'nothing here',
    as: 'everyday',
    plain: true,
    at: (on) => `${portal(on).overview(on.world.business_id)}nothing`,
  },
  {
    name: 'menus open',
    as: 'everyday',
    at: (on) => portal(on).overview(on.world.business_id),
    act: (page) => press(page, '[popovertarget=languages]'),
  },
]

/** A page of the last payment that went through. */
function latestPayment(page: (on: Grounds, payment_id: string) => string) {
  return async (on: Grounds) => {
    const { items } = await on.world.client().payments.list({
      customer_id: on.everyday.customer_id,
      status: 'succeeded',
      page_size: 1,
    })
    return page(on, items[0]?.payment_id ?? '')
  }
}

function licenseKey(on: Grounds): string {
  return portal(on).licenseKey(on.world.business_id, on.measured.license_key_id)
}

function cancellation(on: Grounds, which: keyof Everyday['subscriptions']): string {
  return portal(on).cancellation(on.world.business_id, on.everyday.subscriptions[which])
}

function pause(on: Grounds, which: keyof Everyday['subscriptions']): string {
  return portal(on).pause(on.world.business_id, on.everyday.subscriptions[which])
}

async function offerToStay(on: Grounds): Promise<string> {
  const subscription_id = on.everyday.subscriptions.active
  return portal(on).cancellationOffer(on.world.business_id, subscription_id, await offerMade(on.world, subscription_id))
}

/** Made once; seen as often as one looks. */
async function offerMade(world: ListeningWorld, subscription_id: string): Promise<string> {
  const ctx = await world.fresh()
  await setCancellationOffers(ctx, [{ type: 'pause', pause_months: 2, reasons: null }])
  const asked = {
    effective_at: 'next_billing_date',
    cancellation_feedback: 'unused',
    cancellation_comment: null,
  } as const
  const made = (await makeOffer(ctx, subscription_id, asked)) ?? (await rowsOf(world, 'cancellation_offers_made'))[0]
  await setCancellationOffers(ctx, [])
  return made?.offer_id ?? ''
}
