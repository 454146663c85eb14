import { Button } from '#ui/components/button.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PorticoMark } from '#ui/components/portico-mark.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { EntryPage } from '#ui/page.ts'

export interface SessionPageProps {
  /** Without a business: to everything the address has. */
  page: EntryPage
  /** The link itself: only the button's press uses it up. */
  action: string
  /** The browser said that a person opened it: then it must say so of the press as well. */
  by_person: boolean
}

/** What a personal link opens first. Nothing on it is personal: whoever only looks learns nothing and uses nothing up. */
export function SessionPage({ page, action, by_person }: SessionPageProps) {
  const { i18n, business } = page
  return (
    <PlainPage page={page} business={business} title={i18n.t('login.session.title')}>
      {business === null ? <PorticoMark /> : null}
      <div class="head">
        <h1>
          {business === null
            ? i18n.t('unified.session.heading')
            : i18n.t('login.session.heading', { business: business.name })}
        </h1>
        <p>{i18n.t('login.session.intro')}</p>
      </div>
      <PostForm page={page} action={action}>
        {by_person ? <input type="hidden" name="by_person" value="yes" /> : null}
        <Button look="primary" wide name="continue" value="yes">
          {business === null
            ? i18n.t('unified.session.continue')
            : i18n.t('login.session.continue', { business: business.name })}
        </Button>
      </PostForm>
      <p class="small soft">{i18n.t('login.session.not_you')}</p>
    </PlainPage>
  )
}
