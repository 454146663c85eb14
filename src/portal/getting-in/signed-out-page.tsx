import { ButtonLink } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PorticoMark } from '#ui/components/portico-mark.tsx'
import type { EntryPage } from '#ui/page.ts'

export interface SignedOutPageProps {
  page: EntryPage
  /** `signed_out` by oneself, `expired` by time, `unsent` where what was sent came too late, `needed` where nobody was signed in. */
  reason: 'signed_out' | 'expired' | 'unsent' | 'needed'
  /** Knows the way back to where one was. */
  login_href: string
}

export function SignedOutPage({ page, reason, login_href }: SignedOutPageProps) {
  const { i18n, business } = page
  const title = i18n.t(`login.out.${reason}.title`)
  const text = business === null && reason === 'needed' ? 'unified.out.needed' : (`login.out.${reason}.text` as const)
  return (
    <PlainPage page={page} business={business} title={title}>
      {business === null ? <PorticoMark /> : null}
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t(text)}</p>
      </div>
      <ButtonLink href={login_href} look="primary" wide>
        {i18n.t('login.out.sign_in')}
      </ButtonLink>
    </PlainPage>
  )
}
