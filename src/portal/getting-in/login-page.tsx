// The static link: an e-mail address, nothing else. Known and unknown addresses get the same answer.

import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { Button } from '#ui/components/button.tsx'
import { TextField } from '#ui/components/field.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PorticoMark } from '#ui/components/portico-mark.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { EntryPage } from '#ui/page.ts'
import { emailField, type FormErrors, type Typed } from '#ui/parse-form.ts'

export const loginForm = z.object({ email: emailField() })

export interface LoginPageProps {
  /** Without a business: to everything the address has. */
  page: EntryPage
  /** Where the form posts: the login address with what it carries along. */
  action: string
  errors?: FormErrors<'email'>
  typed?: Typed<'email'>
  children?: Child
}

export function LoginPage({ page, action, errors = {}, typed = {}, children }: LoginPageProps) {
  const { i18n, business } = page
  const error = errors.email ?? errors.form
  return (
    <PlainPage page={page} business={business} title={i18n.t('login.title')}>
      {business === null ? <PorticoMark /> : null}
      <div class="head">
        <h1>
          {business === null ? i18n.t('unified.login.heading') : i18n.t('login.heading', { business: business.name })}
        </h1>
        <p>{i18n.t(business === null ? 'unified.login.intro' : 'login.intro')}</p>
      </div>
      <PostForm page={page} action={action}>
        <TextField
          i18n={i18n}
          name="email"
          type="email"
          label={i18n.t('login.email')}
          value={typed.email}
          error={error}
          autocomplete="email"
          inputmode="email"
          maxlength={254}
          required
        />
        <Button look="primary" wide>
          {i18n.t('login.send')}
        </Button>
      </PostForm>
      {children}
    </PlainPage>
  )
}
