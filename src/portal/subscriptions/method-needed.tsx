// What began with no card needs one before it costs something.
import type { PortalPage } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import type { SubscriptionSummary } from './subscription-summary.tsx'

/** Of more, the others say so on their pages. */
const SHOWN = 3

export function MethodsNeeded({
  page,
  subscriptions,
}: {
  page: PortalPage
  subscriptions: readonly SubscriptionSummary[]
}) {
  const { i18n, urls, business } = page
  return (
    <>
      {subscriptions
        .filter(({ needs_method_by }) => needs_method_by !== null)
        .slice(0, SHOWN)
        .map(({ subscription_id, product_name: product, needs_method_by, trial_ends_at }) => (
          <Banner
            tone="wait"
            title={i18n.t(trial_ends_at === null ? 'portal.needs_method.renewal' : 'portal.needs_method.trial', {
              product,
              date: needs_method_by === null ? '' : i18n.date(needs_method_by),
            })}
            action={
              <ButtonLink
                href={urls.portal.subscriptionPaymentMethod(business.business_id, subscription_id)}
                look="primary"
              >
                {i18n.t('portal.choose.new')}
              </ButtonLink>
            }
          >
            <p>{i18n.t('portal.needs_method.text')}</p>
          </Banner>
        ))}
    </>
  )
}
