import { type PortalPage, Shell } from '#portal/shell.tsx'
import { nextStep, type SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { type CancelFormProps, CancelFormWithLink, canCancel } from './cancel-form.tsx'

/** The cancel form on a page of its own: without scripts, and when something has to be corrected. */
export function CancelPage(props: CancelFormProps) {
  const { page, subscription, options } = props
  const { i18n, urls, business } = page
  const back = {
    href: urls.portal.subscription(business.business_id, subscription.subscription_id),
    label: subscription.product_name,
  }
  const title = i18n.t('portal.cancel.title', { product: subscription.product_name })
  return (
    <Shell page={page} section="subscriptions" title={title} back={back}>
      <div class="measure">
        <div class="head">
          <h1>{title}</h1>
          <p class="soft">{nextStep(i18n, subscription)}</p>
        </div>
        {canCancel(subscription, options) ? (
          <CancelFormWithLink {...props} />
        ) : (
          <CannotCancel page={page} subscription={subscription} allowed={options.allowed} back={back.href} />
        )}
      </div>
    </Shell>
  )
}

interface CannotCancelProps {
  page: PortalPage
  subscription: SubscriptionSummary
  allowed: boolean
  back: string
}

function CannotCancel({ page, allowed, back }: CannotCancelProps) {
  const { i18n, business } = page
  const ask = business.support_email
    ? i18n.t('portal.cancel.forbidden_ask', { email: business.support_email })
    : i18n.t('portal.cancel.forbidden', { business: business.name })
  return (
    <>
      <Banner tone="dim" title={allowed ? i18n.t('portal.cancel.nothing_to_cancel') : ask} />
      <ButtonLink href={back}>{i18n.t('portal.cancel.back')}</ButtonLink>
    </>
  )
}
