import type { Translator } from '#i18n/translator.ts'
import { EnterButton } from '#portal/businesses/enter-button.tsx'
import type { ReaderPage } from '#portal/businesses/frame.tsx'
import { SubscriptionName } from '#portal/subscriptions/subscription-card.tsx'
import {
  nextStep,
  priceOf,
  type SubscriptionSummary,
  SubscriptionTag,
} from '#portal/subscriptions/subscription-summary.tsx'

/** A subscription, with whom it is and who holds it. */
export interface Holding {
  subscription: SubscriptionSummary
  business_id: string
  business_name: string
  customer_id: string
  is_past: boolean
  /** Speaks in the business's time zone. */
  i18n: Translator
}

export function HoldingItem({ page, holding }: { page: ReaderPage; holding: Holding }) {
  const { subscription, business_id, business_name, customer_id, is_past, i18n } = holding
  const { urls } = page
  return (
    <li class="item">
      <div class="grow">
        <p class="cluster">
          <b>
            <SubscriptionName subscription={subscription} />
          </b>
          <SubscriptionTag i18n={i18n} subscription={subscription} />
        </p>
        <p class="small soft">
          <bdi>{business_name}</bdi>
        </p>
        {is_past ? null : <p class="small num">{priceOf(i18n, subscription)}</p>}
        <p class="small soft">{nextStep(i18n, subscription)}</p>
      </div>
      <EnterButton
        page={page}
        action={urls.businesses.entry(business_id)}
        customer_id={customer_id}
        to={new URL(urls.portal.subscription(business_id, subscription.subscription_id)).pathname}
      >
        {i18n.t('unified.manage')}
        <span class="sr">: {subscription.product_name}</span>
      </EnterButton>
    </li>
  )
}
