// Another address: asked for here, proved by its own mail.
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Problem, TextField } from '#ui/components/field.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { BusinessPage } from '#ui/page.ts'
import type { FormErrors } from '#ui/parse-form.ts'

interface EmailPageProps {
  page: PortalPage
  typed?: string
  errors?: FormErrors<'email'>
}

export function EmailPage({ page, typed, errors = {} }: EmailPageProps) {
  const { i18n, urls, business } = page
  const { business_id } = business
  const title = i18n.t('portal.email_change.title')
  const back = { href: urls.portal.profile(business_id), label: i18n.t('portal.nav.profile') }
  return (
    <Shell page={page} section="profile" title={title} back={back}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.email_change.intro')}</p>
      </div>
      <PostForm page={page} action={urls.portal.profileEmail(business_id)} class="form">
        {errors.form ? <Problem>{i18n.t(errors.form)}</Problem> : null}
        <TextField
          i18n={i18n}
          type="email"
          inputmode="email"
          name="email"
          label={i18n.t('portal.email_change.new')}
          value={typed}
          error={errors.email}
          autocomplete="email"
          maxlength={254}
          required
        />
        <div class="actions">
          <ButtonLink href={back.href}>{i18n.t('portal.form.leave')}</ButtonLink>
          <Button look="primary">{i18n.t('portal.email_change.send')}</Button>
        </div>
      </PostForm>
    </Shell>
  )
}

interface ProofPageProps {
  page: BusinessPage
  action: string
}

/** What the mail's link opens. Nothing on it is personal, and only the press changes something. */
export function EmailProofPage({ page, action }: ProofPageProps) {
  const { i18n, business } = page
  return (
    <PlainPage page={page} business={business} title={i18n.t('portal.email_proof.title')}>
      <div class="head">
        <h1>{i18n.t('portal.email_proof.title')}</h1>
        <p>{i18n.t('portal.email_proof.text', { business: business.name })}</p>
      </div>
      <PostForm page={page} action={action}>
        <Button look="primary" wide name="confirm" value="yes">
          {i18n.t('portal.email_proof.confirm')}
        </Button>
      </PostForm>
    </PlainPage>
  )
}

interface ProofResultPageProps {
  page: BusinessPage
  result: 'done' | 'used' | 'expired'
  login_href: string
}

export function EmailProofResultPage({ page, result, login_href }: ProofResultPageProps) {
  const { i18n, business } = page
  const title = i18n.t(`portal.email_proof.${result}.title`)
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t(`portal.email_proof.${result}.text`)}</p>
      </div>
      <ButtonLink href={login_href} look="primary" wide>
        {i18n.t('portal.email_proof.continue')}
      </ButtonLink>
    </PlainPage>
  )
}
