// The static link: an e-mail address, nothing else. Known and unknown addresses get the same answer.

import { z } from 'zod'
import { Button } from '#ui/components/button.tsx'
import { TextField } from '#ui/components/field.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { BusinessPage } from '#ui/page.ts'
import { emailField, type FormErrors, type Typed } from '#ui/parse-form.ts'

export const loginForm = z.object({ email: emailField() })

export interface LoginPageProps {
  page: BusinessPage
  /** Where the form posts: the login address with what it carries along. */
  action: string
  errors?: FormErrors<'email'>
  typed?: Typed<'email'>
}

export function LoginPage({ page, action, errors = {}, typed = {} }: LoginPageProps) {
  const { i18n, business } = page
  const error = errors.email ?? errors.form
  return (
    <PlainPage page={page} business={business} title={i18n.t('login.title')}>
      <div class="head">
        <h1>{i18n.t('login.heading', { business: business.name })}</h1>
        <p>{i18n.t('login.intro')}</p>
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
    </PlainPage>
  )
}
