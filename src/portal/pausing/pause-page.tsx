import { type PortalPage, Shell } from '#portal/shell.tsx'
import { nextStep } from '#portal/subscriptions/subscription-summary.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { type PauseFormProps, PauseFormWithLink, type PauseOptions } from './pause-form.tsx'

/** The pause form on a page of its own: without scripts, and when something has to be corrected. */
export function PausePage(props: PauseFormProps) {
  const { page, subscription, options } = props
  const { i18n, urls, business } = page
  const back = {
    href: urls.portal.subscription(business.business_id, subscription.subscription_id),
    label: subscription.product_name,
  }
  const title = i18n.t('portal.pause.title', { product: subscription.product_name })
  return (
    <Shell page={page} section="subscriptions" title={title} back={back}>
      <div class="measure">
        <div class="head">
          <h1>{title}</h1>
          <p class="soft">{nextStep(i18n, subscription)}</p>
        </div>
        {options.refused === null ? (
          <PauseFormWithLink {...props} />
        ) : (
          <>
            <Banner tone="dim" title={refusalText(page, options.refused)} />
            <ButtonLink href={back.href}>{i18n.t('portal.pause.back')}</ButtonLink>
          </>
        )}
      </div>
    </Shell>
  )
}

function refusalText({ i18n, business }: PortalPage, refused: NonNullable<PauseOptions['refused']>): string {
  if (refused !== 'forbidden') return i18n.t(`portal.pause.refused.${refused}`)
  return business.support_email
    ? i18n.t('portal.pause.forbidden_ask', { email: business.support_email })
    : i18n.t('portal.pause.forbidden', { business: business.name })
}
