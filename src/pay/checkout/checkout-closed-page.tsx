import { ButtonLink } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import type { BusinessPage } from '#ui/page.ts'

export interface CheckoutClosedPageProps {
  page: BusinessPage
  reason: 'paid' | 'expired'
  login_href: string
  return_url: string | null
}

/** A checkout that takes no more payments. */
export function CheckoutClosedPage({ page, reason, login_href, return_url }: CheckoutClosedPageProps) {
  const { i18n, business } = page
  const title = i18n.t(`checkout.closed.${reason}.title`)
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t(`checkout.closed.${reason}.text`)}</p>
      </div>
      {reason === 'paid' ? (
        <ButtonLink href={login_href} look="primary" wide>
          {i18n.t('checkout.to_portal')}
        </ButtonLink>
      ) : null}
      {return_url ? (
        <ButtonLink href={return_url} wide>
          {i18n.t('portal.return', { business: business.name })}
        </ButtonLink>
      ) : null}
    </PlainPage>
  )
}
