import type { PortalPage } from '#portal/shell.tsx'
import { StepPage } from '#portal/subscriptions/step-page.tsx'
import { type PauseFormProps, PauseFormWithLink, type PauseOptions } from './pause-form.tsx'

/** The pause form on a page of its own: without scripts, and when something has to be corrected. */
export function PausePage(props: PauseFormProps) {
  const { page, subscription, options } = props
  const { i18n } = page
  const title = i18n.t('portal.pause.title', { product: subscription.product_name })
  const refusal =
    options.refused === null ? null : { text: refusalText(page, options.refused), back: i18n.t('portal.pause.back') }
  return (
    <StepPage page={page} subscription={subscription} title={title} refusal={refusal}>
      <PauseFormWithLink {...props} />
    </StepPage>
  )
}

function refusalText({ i18n, business }: PortalPage, refused: NonNullable<PauseOptions['refused']>): string {
  if (refused !== 'forbidden') return i18n.t(`portal.pause.refused.${refused}`)
  return business.support_email
    ? i18n.t('portal.pause.forbidden_ask', { email: business.support_email })
    : i18n.t('portal.pause.forbidden', { business: business.name })
}
