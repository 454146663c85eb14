// "Look into your inbox": the same for an address we know and one we do not.

import { z } from 'zod'
import { Button } from '#ui/components/button.tsx'
import { TextField } from '#ui/components/field.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PorticoMark } from '#ui/components/portico-mark.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { EntryPage } from '#ui/page.ts'
import { codeField, type FormErrors, textField } from '#ui/parse-form.ts'

const CODE_LENGTH = 6

/** The address only travels along, so that the page can be drawn again. */
export const codeForm = z.object({ code: codeField(CODE_LENGTH), email: textField({ max: 254 }) })

export interface CheckInboxPageProps {
  page: EntryPage
  /** Where the code is posted. */
  code_action: string
  /** Where another address is entered and a new mail asked for: with the way back, where there is one. */
  login_href: string
  /** As it was typed in this browser. */
  email: string
  /** Whole seconds until another mail may be asked for; 0 when it may. */
  resend_in_seconds: number
  /** Where the mail of a test can be read; null in live mode and where there is no such page. */
  mailbox_href: string | null
  errors?: FormErrors<'code'>
}

export function CheckInboxPage(props: CheckInboxPageProps) {
  const { page, code_action, login_href, email, resend_in_seconds, mailbox_href, errors = {} } = props
  const { i18n, business } = page
  return (
    <PlainPage page={page} business={business} title={i18n.t('login.sent.title')}>
      {business === null ? <PorticoMark /> : null}
      <div class="head">
        <h1>{i18n.t('login.sent.title')}</h1>
        <p>{i18n.t(business === null ? 'unified.sent.intro' : 'login.sent.intro', { email })}</p>
        {mailbox_href ? (
          <p>
            <a href={mailbox_href}>{i18n.t('login.sent.mailbox')}</a>
          </p>
        ) : null}
      </div>
      <PostForm page={page} action={code_action}>
        <input type="hidden" name="email" value={email} />
        <TextField
          i18n={i18n}
          name="code"
          label={i18n.t('login.code')}
          error={errors.code ?? errors.form}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength={12}
          look="code"
          required
        />
        <Button look="primary" wide>
          {i18n.t('login.continue')}
        </Button>
      </PostForm>
      <div class="stack rule">
        <h2>{i18n.t('login.sent.nothing')}</h2>
        <ul class="hints">
          <li>
            <Icon name="inbox" />
            {i18n.t('login.sent.spam')}
          </li>
          <li>
            <Icon name="mail" />
            <span>
              {i18n.t('login.sent.address')} <a href={login_href}>{i18n.t('login.sent.other_address')}</a>
            </span>
          </li>
        </ul>
        <PostForm page={page} action={login_href}>
          <input type="hidden" name="email" value={email} />
          <button type="submit" class="btn">
            {i18n.t('login.sent.resend')}
            {resend_in_seconds > 0 ? (
              <span class="num needs-script" data-countdown={resend_in_seconds} aria-hidden="true" />
            ) : null}
          </button>
        </PostForm>
      </div>
    </PlainPage>
  )
}
