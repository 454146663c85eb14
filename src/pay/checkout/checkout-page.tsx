// The hosted checkout: what one buys beside who one is. The card itself is entered on the processor's page.

import { rulesOf } from '#core/checkout/page-rules.ts'
import type { CheckoutView } from '#core/checkout/queries.ts'
import { type Order, OrderSummary } from '#pay/order-summary.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { BusinessName } from '#ui/components/business-mark.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import type { BusinessPage } from '#ui/page.ts'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import { BuyerForm } from './buyer-form.tsx'
import { CartForms } from './cart-forms.tsx'
import type { CheckoutField } from './checkout-form.ts'
import { CodeForms } from './code-forms.tsx'

export interface CheckoutPageProps {
  page: BusinessPage
  view: Pick<CheckoutView, 'checkout' | 'choices' | 'saved_methods'>
  order: Order
  /** What is known of the buyer from the shop, or was typed before. */
  typed?: Typed<CheckoutField>
  errors?: FormErrors<CheckoutField>
}

export function CheckoutPage(props: CheckoutPageProps) {
  const { page, view, order, errors = {} } = props
  const { i18n, business } = page
  const { cancel_url } = view.checkout
  const { folds_order, tells_on_demand } = rulesOf(view.checkout)
  const told = { ...order, on_demand: order.on_demand && tells_on_demand }
  const title = i18n.t('checkout.title')
  return (
    <PlainPage page={page} business={business} title={title} layout="till">
      <div class="head">
        <div class="brand">
          <BusinessName business={business} />
        </div>
        {cancel_url ? (
          <a class="back" href={cancel_url} rel="noreferrer">
            <Icon name="arrow-left" flips />
            {i18n.t('portal.return', { business: business.name })}
          </a>
        ) : null}
        <h1>{title}</h1>
        {errors.form ? <Banner tone="bad" title={i18n.t(errors.form)} /> : null}
      </div>
      <OrderSummary i18n={i18n} order={told} folded={folds_order} choices={<CartForms {...props} />}>
        <CodeForms {...props} />
      </OrderSummary>
      <BuyerForm {...props} />
    </PlainPage>
  )
}
