// Changing who is billed: the same form for the customer and for one subscription.
import { type BillingDetails, findBillingDetails, setBillingDetails } from '#core/profile/billing-details.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { portalPage } from '#portal/portal-page.ts'
import { taxIdProblem } from '#portal/tax-id-problem.ts'
import type { AppContext } from '#src/app-env.ts'
import { parseForm, type Typed } from '#ui/parse-form.ts'
import { type BillingField, billingForm } from './billing-form.ts'
import { BillingPage, type BillingPageProps } from './billing-page.tsx'

export async function askForBilling(c: AppContext) {
  return draw(c, await placeOf(c))
}

export async function saveBilling(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const place = await placeOf(c)
  const form = parseForm(billingForm, await c.req.parseBody({ all: true }))
  if (!form.ok) return draw(c, { ...place, values: form.typed, errors: form.errors })
  const { values } = form
  const problem = taxIdProblem(values.country, values.tax_id, values.business_name)
  if (problem !== undefined) return draw(c, { ...place, values, errors: { tax_id: problem } })
  const { subscription } = place
  const alone = subscription !== undefined && values.everywhere !== 'yes'
  await setBillingDetails(ctx, customer.customer_id, {
    name: values.name,
    phone_number: values.phone_number || null,
    customer_business_name: values.business_name || null,
    tax_id: values.tax_id || null,
    billing: {
      country: values.country,
      street: values.street || null,
      city: values.city || null,
      state: values.state || null,
      zipcode: values.zipcode || null,
    },
    applies_to: alone ? { subscription_id: subscription.subscription_id } : 'all',
  })
  return c.redirect(place.done, 303)
}

interface Place extends Pick<BillingPageProps, 'section' | 'action' | 'back' | 'values' | 'errors' | 'product_name'> {
  subscription: SubscriptionListed | undefined
  /** Where one comes to after saving. */
  done: string
}

/** The subscription that the address names; without one, the profile. */
async function placeOf(c: AppContext): Promise<Place> {
  const { ctx, customer } = c.var.visitor
  const { portal } = ctx.urls
  const { business_id } = ctx.business
  const { i18n } = portalPage(c)
  if (c.req.param('subscription_id') === undefined) {
    const details = await findBillingDetails(ctx, customer.customer_id)
    return {
      subscription: undefined,
      product_name: null,
      section: 'profile',
      action: portal.profileBilling(business_id),
      back: { href: portal.profile(business_id), label: i18n.t('portal.nav.profile') },
      done: portal.profile(business_id, { done: 'details_saved' }),
      values: valuesOf(c, details),
    }
  }
  const subscription = await ownSubscription(c)
  const { subscription_id, product_name } = subscription
  return {
    subscription,
    product_name,
    section: 'subscriptions',
    action: portal.subscriptionBilling(business_id, subscription_id),
    back: { href: portal.subscription(business_id, subscription_id), label: product_name },
    done: portal.subscription(business_id, subscription_id, { done: 'details_saved' }),
    values: { ...valuesOf(c, subscription), everywhere: 'yes' },
  }
}

function valuesOf(c: AppContext, details: BillingDetails | undefined): Typed<BillingField> {
  const { name, phone_number } = c.var.visitor.customer
  const { street, city, state, zipcode, country } = details?.billing ?? {}
  return {
    name,
    phone_number: phone_number ?? '',
    business_name: details?.customer_business_name ?? '',
    tax_id: details?.tax_id ?? '',
    street: street ?? '',
    city: city ?? '',
    state: state ?? '',
    zipcode: zipcode ?? '',
    country: country ?? '',
  }
}

function draw(c: AppContext, { subscription: _, done: __, ...props }: Place) {
  return c.html(<BillingPage page={portalPage(c)} {...props} />, props.errors === undefined ? 200 : 422)
}
