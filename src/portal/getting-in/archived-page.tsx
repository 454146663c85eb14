import { ButtonLink } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import type { BusinessPage } from '#ui/page.ts'

export interface ArchivedPageProps {
  page: BusinessPage
  /** Where customers can still sign in to cancel and fetch invoices; null where they are signed in already. */
  login_href: string | null
}

/** The business sells no more. What its customers still can do, they can do. */
export function ArchivedPage({ page, login_href }: ArchivedPageProps) {
  const { i18n, business } = page
  return (
    <PlainPage page={page} business={business} title={i18n.t('login.archived.title')}>
      <div class="head">
        <h1>{i18n.t('login.archived.heading', { business: business.name })}</h1>
        <p>{i18n.t('login.archived.text')}</p>
      </div>
      {login_href ? (
        <ButtonLink href={login_href} look="primary" wide>
          {i18n.t('login.archived.sign_in')}
        </ButtonLink>
      ) : null}
    </PlainPage>
  )
}
