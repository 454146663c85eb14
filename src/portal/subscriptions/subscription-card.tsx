import type { PortalPage } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { PaymentMethodLabel } from '#ui/components/payment-method.tsx'
import { DateText } from '#ui/components/text.tsx'
import { ResubscribeButton } from './resubscribe-button.tsx'
import {
  isPast,
  nextStep,
  priceOf,
  SubscriptionPrice,
  type SubscriptionSummary,
  SubscriptionTag,
} from './subscription-summary.tsx'

/** A running subscription: what it is, what it costs, what happens next. */
function SubscriptionCard({ page, subscription }: { page: PortalPage; subscription: SubscriptionSummary }) {
  const { i18n, urls, business } = page
  const id = `name-${subscription.subscription_id}`
  return (
    <article class="card" aria-labelledby={id}>
      <div class="row wraps">
        <div>
          <div class="cluster">
            <h3 class="card-name" id={id}>
              <SubscriptionName subscription={subscription} />
            </h3>
            <SubscriptionTag i18n={i18n} subscription={subscription} />
          </div>
          <SubscriptionPrice i18n={i18n} subscription={subscription} />
        </div>
        <ButtonLink href={urls.portal.subscription(business.business_id, subscription.subscription_id)} prefetch>
          {i18n.t('portal.subscription.manage')}
          <span class="sr">: {subscription.product_name}</span>
        </ButtonLink>
      </div>
      <dl class="facts">
        <div class="wide">
          <dt>{i18n.t('portal.subscription.next')}</dt>
          <dd>{nextStep(i18n, subscription)}</dd>
        </div>
        {subscription.expires_at !== null && !isPast(subscription) ? (
          <div>
            <dt>{i18n.t('portal.subscription.valid_until')}</dt>
            <dd>
              <DateText i18n={i18n} when={subscription.expires_at} />
            </dd>
          </div>
        ) : null}
        {subscription.payment_method ? (
          <div>
            <dt>{i18n.t('portal.subscription.paid_with')}</dt>
            <dd>
              <PaymentMethodLabel i18n={i18n} method={subscription.payment_method} />
            </dd>
          </div>
        ) : null}
      </dl>
    </article>
  )
}

/** One line each: those that are over, and those beyond the first. */
export function SubscriptionLines({
  page,
  subscriptions,
}: {
  page: PortalPage
  subscriptions: readonly SubscriptionSummary[]
}) {
  const { i18n, urls, business } = page
  return (
    <ul class="list">
      {subscriptions.map((subscription) => (
        <li class="item wraps">
          <div class="grow">
            <a href={urls.portal.subscription(business.business_id, subscription.subscription_id)} data-prefetch>
              <b>
                <SubscriptionName subscription={subscription} />
              </b>
            </a>
            <p class="small soft">{nextStep(i18n, subscription)}</p>
          </div>
          {isPast(subscription) ? null : <span class="num small">{priceOf(i18n, subscription)}</span>}
          <SubscriptionTag i18n={i18n} subscription={subscription} />
          {subscription.resubscription === 'offered' ? (
            <ResubscribeButton page={page} subscription={subscription} small />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** Beyond so many a page is easier to read as a list. */
const IN_FULL = 3

export function RunningSubscriptions(props: { page: PortalPage; subscriptions: readonly SubscriptionSummary[] }) {
  const { page, subscriptions } = props
  return (
    <>
      {subscriptions.slice(0, IN_FULL).map((subscription) => (
        <SubscriptionCard page={page} subscription={subscription} />
      ))}
      {subscriptions.length > IN_FULL ? (
        <SubscriptionLines page={page} subscriptions={subscriptions.slice(IN_FULL)} />
      ) : null}
    </>
  )
}

export function SubscriptionName({ subscription: { product_name, quantity } }: { subscription: SubscriptionSummary }) {
  return (
    <>
      <bdi>{product_name}</bdi>
      {quantity > 1 ? <span class="count"> × {quantity}</span> : null}
    </>
  )
}
