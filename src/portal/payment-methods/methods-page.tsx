// The saved methods of a customer: what each pays for, which is offered first, another one, one less.
import type { When } from '#i18n/translator.ts'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import { MethodItem, NoMethods, type SavedMethod } from '#portal/payment-methods/saved-methods.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { paymentMethodName } from '#ui/components/payment-method.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { ErrorState } from '#ui/components/states.tsx'
import { type Removable, RemovalDialog } from './removal.tsx'

export interface MethodsPageProps {
  page: PortalPage
  /** The business's own time. */
  now: When
  notice: Notice | null
  /** Null where they could not be read. */
  methods: readonly (SavedMethod & Removable)[] | null
  /** The business sells nothing any more. */
  archived: boolean
}

export function MethodsPage({ page, now, notice, methods, archived }: MethodsPageProps) {
  const { i18n, urls, business } = page
  const title = i18n.t('portal.methods.title')
  const back = { href: urls.portal.overview(business.business_id), label: i18n.t('portal.nav.overview') }
  return (
    <Shell page={page} section="payment_methods" title={title} back={back}>
      <div class="row wraps headline">
        <h1>{title}</h1>
        {methods?.length ? <AddForm page={page} /> : null}
      </div>
      {notice === null ? null : <NoticeBanner i18n={i18n} notice={notice} />}
      {archived ? <ArchivedNote page={page} /> : null}
      <Methods page={page} now={now} methods={methods} />
    </Shell>
  )
}

/** What a business that is closed for new purchases still lets its customers do. */
export function ArchivedNote({ page: { i18n, business } }: { page: PortalPage }) {
  return (
    <Banner tone="dim" title={i18n.t('portal.methods.archived', { business: business.name })}>
      <p>{i18n.t('portal.methods.archived_text')}</p>
    </Banner>
  )
}

function Methods({ page, now, methods }: Pick<MethodsPageProps, 'page' | 'now' | 'methods'>) {
  const { i18n, urls, business } = page
  if (methods === null) {
    const retry = { href: urls.portal.paymentMethods(business.business_id), label: i18n.t('error.retry') }
    return (
      <ErrorState title={i18n.t('portal.methods.failed')} text={i18n.t('portal.methods.failed_text')} retry={retry} />
    )
  }
  if (methods.length === 0) {
    return (
      <NoMethods i18n={i18n}>
        <AddForm page={page} />
      </NoMethods>
    )
  }
  return (
    <section aria-label={i18n.t('portal.methods.title')}>
      <ul class="list">
        {methods.map((method) => (
          <MethodItem i18n={i18n} method={method} now={now}>
            <MethodActions page={page} method={method} />
          </MethodItem>
        ))}
      </ul>
      <p class="small soft">{i18n.t('portal.methods.default_means')}</p>
      {methods.map((method) => (
        <RemovalDialog page={page} method={method} />
      ))}
    </section>
  )
}

function AddForm({ page }: { page: PortalPage }) {
  const { i18n, urls, business } = page
  return (
    <PostForm page={page} action={urls.portal.paymentMethods(business.business_id)} class="add-method">
      <Button look="primary">{i18n.t('portal.methods.add')}</Button>
      <p class="small soft">{i18n.t('portal.methods.add_text')}</p>
    </PostForm>
  )
}

function MethodActions({ page, method }: { page: PortalPage; method: SavedMethod }) {
  const { i18n, urls, business } = page
  const { payment_method_id } = method
  const name = <span class="sr">: {paymentMethodName(i18n, method)}</span>
  return (
    <div class="cluster">
      {method.is_default ? null : (
        <PostForm page={page} action={urls.portal.paymentMethodDefault(business.business_id, payment_method_id)}>
          <Button small>
            {i18n.t('portal.methods.make_default')}
            {name}
          </Button>
        </PostForm>
      )}
      <ButtonLink
        href={urls.portal.paymentMethodRemoval(business.business_id, payment_method_id)}
        dialog={`remove-${payment_method_id}`}
        small
      >
        {i18n.t('portal.methods.remove')}
        {name}
      </ButtonLink>
    </div>
  )
}
