// Who the customer is here, what was done in their name, and their data.
import type { Notice } from '#portal/notice.tsx'
import { NoticeBanner } from '#portal/notice.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { countryName } from '#ui/countries.ts'
import { ActivityList, type ActivityRow } from './activity-list.tsx'

export interface ProfilePageProps {
  page: PortalPage
  notice: Notice | null
  customer: { name: string; email: string; phone_number: string | null }
  /** Null where nothing is known yet. */
  billing: BillingShown | null
  /** The latest few; null where they could not be read. */
  activity: readonly ActivityRow[] | null
}

export interface BillingShown {
  customer_business_name: string | null
  tax_id: string | null
  billing: {
    street: string | null
    city: string | null
    state: string | null
    zipcode: string | null
    country: string | null
  }
}

export function ProfilePage(props: ProfilePageProps) {
  const { page, notice } = props
  const { i18n, urls, business } = page
  const title = i18n.t('portal.nav.profile')
  const back = { href: urls.portal.overview(business.business_id), label: i18n.t('portal.nav.overview') }
  return (
    <Shell page={page} section="profile" title={title} back={back}>
      <h1>{title}</h1>
      {notice === null ? null : <NoticeBanner i18n={i18n} notice={notice} />}
      <Details {...props} />
      <Activity {...props} />
      <OwnData page={page} />
    </Shell>
  )
}

function Details({ page, customer, billing }: ProfilePageProps) {
  const { i18n, urls, business } = page
  const { business_id } = business
  return (
    <section aria-labelledby="details">
      <div class="row">
        <h2 id="details">{i18n.t('portal.profile.details')}</h2>
        <ButtonLink small href={urls.portal.profileBilling(business_id)}>
          {i18n.t('portal.profile.edit')}
        </ButtonLink>
      </div>
      <dl class="card pairs">
        <div>
          <dt>{i18n.t('checkout.name')}</dt>
          <dd>
            <bdi>{customer.name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{i18n.t('portal.profile.email')}</dt>
          <dd>
            <bdi>{customer.email}</bdi>
            <a class="edit" href={urls.portal.profileEmail(business_id)}>
              {i18n.t('portal.profile.change_email')}
              <span class="sr">: {i18n.t('portal.profile.email')}</span>
            </a>
          </dd>
        </div>
        <Pair page={page} label={i18n.t('portal.profile.phone')} value={customer.phone_number} ltr />
        <Pair page={page} label={i18n.t('checkout.business_name')} value={billing?.customer_business_name ?? null} />
        <Pair page={page} label={i18n.t('checkout.tax_id')} value={billing?.tax_id ?? null} ltr />
        <Pair page={page} label={i18n.t('checkout.street')} value={addressOf(page, billing)} />
      </dl>
      <p class="small soft">{i18n.t('portal.profile.language_hint')}</p>
    </section>
  )
}

interface PairProps {
  page: PortalPage
  label: string
  value: string | null
  ltr?: boolean
}

/** What was never given is asked for where it would stand. */
function Pair({ page: { i18n, urls, business }, label, value, ltr }: PairProps) {
  return (
    <div>
      <dt>{label}</dt>
      {value ? (
        <dd>
          <bdi dir={ltr ? 'ltr' : undefined}>{value}</bdi>
        </dd>
      ) : (
        <dd>
          <span class="soft">{i18n.t('portal.profile.not_given')}</span>
          <a class="edit" href={urls.portal.profileBilling(business.business_id)}>
            {i18n.t('portal.profile.add')}
            <span class="sr">: {label}</span>
          </a>
        </dd>
      )}
    </div>
  )
}

function addressOf({ i18n }: PortalPage, shown: BillingShown | null): string | null {
  if (shown === null) return null
  const { street, city, state, zipcode, country } = shown.billing
  const place = [zipcode, city].filter(Boolean).join(' ')
  const lines = [street, place, state, country === null ? null : countryName(i18n, country)]
  return lines.filter(Boolean).join(', ') || null
}

function Activity({ page, activity }: ProfilePageProps) {
  const { i18n, urls, business } = page
  return (
    <section aria-labelledby="activity">
      <div class="row">
        <h2 id="activity">{i18n.t('portal.activity.title')}</h2>
        <a href={urls.portal.activity(business.business_id)} data-prefetch>
          {i18n.t('portal.history.see_all')}
        </a>
      </div>
      <ActivityList page={page} rows={activity} here={urls.portal.profile(business.business_id)} />
      <p>
        <a href={urls.portal.sessions(business.business_id)} data-prefetch>
          {i18n.t('portal.account.sessions')}
        </a>
      </p>
    </section>
  )
}

function OwnData({ page }: { page: PortalPage }) {
  const { i18n, urls, business } = page
  return (
    <section aria-labelledby="data">
      <h2 id="data">{i18n.t('portal.data.title')}</h2>
      <div class="list">
        <div class="item wraps">
          <div class="grow">
            <b>{i18n.t('portal.data.export')}</b>
            <p class="small soft">{i18n.t('portal.data.export_text', { business: business.name })}</p>
          </div>
          <PostForm page={page} action={urls.portal.dataExport(business.business_id)}>
            <Button small>
              <Icon name="download" />
              {i18n.t('portal.data.download')}
            </Button>
          </PostForm>
        </div>
        <div class="item wraps">
          <div class="grow">
            <b>{i18n.t('portal.data.delete')}</b>
            <p class="small soft">{i18n.t('portal.data.delete_text', { business: business.name })}</p>
          </div>
          <ButtonLink small href={urls.portal.deletion(business.business_id)}>
            {i18n.t('portal.data.delete_open')}
          </ButtonLink>
        </div>
      </div>
    </section>
  )
}
