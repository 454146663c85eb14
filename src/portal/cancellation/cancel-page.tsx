import type { PortalPage } from '#portal/shell.tsx'
import { StepPage } from '#portal/subscriptions/step-page.tsx'
import { type CancelFormProps, CancelFormWithLink, canCancel } from './cancel-form.tsx'

/** The cancel form on a page of its own: without scripts, and when something has to be corrected. */
export function CancelPage(props: CancelFormProps) {
  const { page, subscription, options } = props
  const { i18n } = page
  const title = i18n.t('portal.cancel.title', { product: subscription.product_name })
  const refusal = canCancel(subscription, options)
    ? null
    : { text: refusalText(page, options.allowed), back: i18n.t('portal.cancel.back') }
  return (
    <StepPage page={page} subscription={subscription} title={title} refusal={refusal}>
      <CancelFormWithLink {...props} />
    </StepPage>
  )
}

function refusalText({ i18n, business }: PortalPage, allowed: boolean): string {
  if (allowed) return i18n.t('portal.cancel.nothing_to_cancel')
  return business.support_email
    ? i18n.t('portal.cancel.forbidden_ask', { email: business.support_email })
    : i18n.t('portal.cancel.forbidden', { business: business.name })
}
