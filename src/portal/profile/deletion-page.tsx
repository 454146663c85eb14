// Leaving nothing behind: what goes, what is kept and until when, and what has to be done first.
import type { ErasurePreview } from '#core/erasure/preview-erasure.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Problem } from '#ui/components/field.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { BusinessPage } from '#ui/page.ts'

interface DeletionPageProps {
  page: PortalPage
  preview: ErasurePreview
  /** The box was not ticked. */
  unconfirmed?: boolean
}

export function DeletionPage(props: DeletionPageProps) {
  const { page, preview } = props
  const { i18n, urls, business } = page
  const title = i18n.t('portal.deletion.title')
  const back = { href: urls.portal.profile(business.business_id), label: i18n.t('portal.nav.profile') }
  return (
    <Shell page={page} section="profile" title={title} back={back}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.deletion.intro', { business: business.name })}</p>
      </div>
      <section aria-labelledby="what">
        <h2 id="what">{i18n.t('portal.deletion.what')}</h2>
        <ul class="bullets">
          <li>{i18n.t('portal.deletion.goes')}</li>
          <li>{i18n.t('portal.deletion.access')}</li>
          <li>{keptSentence(props)}</li>
        </ul>
      </section>
      {preview.running.length > 0 ? <First {...props} /> : <Confirm {...props} />}
    </Shell>
  )
}

function keptSentence({ page: { i18n }, preview: { invoices } }: DeletionPageProps): string {
  if (invoices === null) return i18n.t('portal.deletion.nothing_kept')
  return i18n.t('portal.deletion.kept', { count: invoices.count, date: i18n.date(invoices.kept_until) })
}

function First({ page, preview }: DeletionPageProps) {
  const { i18n, urls, business } = page
  return (
    <section aria-labelledby="first">
      <h2 id="first">{i18n.t('portal.deletion.first')}</h2>
      <ul class="list">
        {preview.running.map(({ subscription_id, product_name }) => (
          <li class="item">
            <b class="grow">
              <bdi>{product_name}</bdi>
            </b>
            <ButtonLink small href={urls.portal.cancellation(business.business_id, subscription_id)}>
              {i18n.t('portal.cancel.open')}
              <span class="sr">: {product_name}</span>
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Confirm({ page, preview, unconfirmed }: DeletionPageProps) {
  const { i18n, urls, business } = page
  if (preview.payment_pending) {
    return (
      <Banner tone="wait" title={i18n.t('portal.deletion.pending')}>
        <p>{i18n.t('portal.deletion.pending_text')}</p>
      </Banner>
    )
  }
  return (
    <PostForm page={page} action={urls.portal.deletion(business.business_id)} class="form">
      <label class="check">
        <input
          type="checkbox"
          name="understood"
          value="yes"
          required
          aria-invalid={unconfirmed ? 'true' : undefined}
          aria-describedby={unconfirmed ? 'understood-error' : undefined}
        />
        <span>{i18n.t('portal.deletion.understood')}</span>
      </label>
      {unconfirmed ? <Problem id="understood-error">{i18n.t('portal.deletion.tick')}</Problem> : null}
      <div class="actions">
        <ButtonLink href={urls.portal.profile(business.business_id)}>{i18n.t('portal.deletion.keep')}</ButtonLink>
        <Button look="danger">{i18n.t('portal.deletion.confirm')}</Button>
      </div>
    </PostForm>
  )
}

export function DeletedPage({ page }: { page: BusinessPage }) {
  const { i18n, business } = page
  const title = i18n.t('portal.deletion.done')
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t('portal.deletion.done_text', { business: business.name })}</p>
      </div>
    </PlainPage>
  )
}
