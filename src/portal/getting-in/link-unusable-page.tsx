import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { Page, PageBusiness } from '#ui/page.ts'

export interface LinkUnusablePageProps {
  page: Page
  /** Null where the link is unknown, or no business's. */
  business: PageBusiness | null
  reason: 'used' | 'expired' | 'unknown'
  /** Where a press of `resend=yes` mails a new link to the same address; null where the link is unknown. */
  resend_action: string | null
  /** Where an address can be entered. */
  login_href: string
}

/** A link that opens nothing any more, and how to get a new one. Never names the address it was sent to. */
export function LinkUnusablePage({ page, business, reason, resend_action, login_href }: LinkUnusablePageProps) {
  const { i18n } = page
  const title = i18n.t(`login.link.${reason}.title`)
  return (
    <PlainPage page={page} business={business} title={title}>
      {business === null ? (
        <span class="sign">
          <Icon name="mail" />
        </span>
      ) : null}
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t(`login.link.${reason}.text`)}</p>
      </div>
      {resend_action ? (
        <PostForm page={page} action={resend_action}>
          <Button look="primary" wide name="resend" value="yes">
            {i18n.t('login.link.resend')}
          </Button>
        </PostForm>
      ) : null}
      <ButtonLink href={login_href} look={resend_action ? 'plain' : 'primary'} wide>
        {i18n.t('login.link.enter_address')}
      </ButtonLink>
    </PlainPage>
  )
}

export interface LinkSentPageProps {
  page: Page
  business: PageBusiness | null
}

/** After `resend`: a new link went to the same address, whichever that is. */
export function LinkSentPage({ page, business }: LinkSentPageProps) {
  const { i18n } = page
  return (
    <PlainPage page={page} business={business} title={i18n.t('login.link.sent.title')}>
      <div class="head">
        <h1>{i18n.t('login.link.sent.title')}</h1>
        <p>{i18n.t('login.link.sent.text')}</p>
      </div>
    </PlainPage>
  )
}
