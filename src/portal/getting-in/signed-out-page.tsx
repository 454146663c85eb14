import { ButtonLink } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import type { BusinessPage } from '#ui/page.ts'

export interface SignedOutPageProps {
  page: BusinessPage
  /** `signed_out` by oneself, `expired` by time, `needed` where nobody was signed in. */
  reason: 'signed_out' | 'expired' | 'needed'
  /** Knows the way back to where one was. */
  login_href: string
  return_url: string | null
}

export function SignedOutPage({ page, reason, login_href, return_url }: SignedOutPageProps) {
  const { i18n, business } = page
  const title = i18n.t(`login.out.${reason}.title`)
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t(`login.out.${reason}.text`)}</p>
      </div>
      <ButtonLink href={login_href} look="primary" wide>
        {i18n.t('login.out.sign_in')}
      </ButtonLink>
      {return_url ? (
        <ButtonLink href={return_url} wide>
          {i18n.t('portal.return', { business: business.name })}
        </ButtonLink>
      ) : null}
    </PlainPage>
  )
}
