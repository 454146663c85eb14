import { type PortalPage, Shell } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState, ErrorState } from '#ui/components/states.tsx'
import { type LicenseKey, LicenseKeyItem } from './license-key-item.tsx'

export interface LicenseKeysPageProps {
  page: PortalPage
  /** Whose keys these are, where not all are shown. */
  of: { subscription?: string; payment?: string }
  /** From 1. */
  page_number: number
  has_more: boolean
  /** Null where they could not be read. */
  license_keys: readonly LicenseKey[] | null
  /** Something else was unlocked as well: files, features. */
  has_more_unlocked: boolean
}

export function LicenseKeysPage(props: LicenseKeysPageProps) {
  const { page, has_more_unlocked } = props
  const { i18n, urls, business } = page
  const title = i18n.t('portal.nav.license_keys')
  return (
    <Shell
      page={page}
      section="license_keys"
      title={title}
      back={{ href: urls.portal.overview(business.business_id), label: i18n.t('portal.nav.overview') }}
    >
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.keys.intro')}</p>
        {has_more_unlocked ? (
          <p>
            <a href={urls.portal.entitlements(business.business_id)} data-prefetch>
              {i18n.t('portal.keys.more_unlocked')}
            </a>
          </p>
        ) : null}
      </div>
      <section aria-label={title}>
        <Keys {...props} />
      </section>
    </Shell>
  )
}

function Keys({ page, of, page_number, has_more, license_keys }: LicenseKeysPageProps) {
  const { i18n, urls, business } = page
  const here = (number: number) => urls.portal.licenseKeys(business.business_id, { ...of, page: number })
  if (license_keys === null) return <KeysFailed page={page} href={here(page_number)} />
  const some = of.subscription !== undefined || of.payment !== undefined
  if (license_keys.length === 0 && !some && page_number === 1) return <KeysEmpty page={page} />
  return (
    <>
      {some || license_keys.length === 0 ? (
        <div class="cluster">
          <span class="soft">{i18n.t(some ? 'portal.keys.of_purchase' : 'portal.keys.no_more')}</span>
          <ButtonLink href={urls.portal.licenseKeys(business.business_id)} small>
            {i18n.t('portal.keys.show_all')}
          </ButtonLink>
        </div>
      ) : null}
      {license_keys.length === 0 ? null : (
        <ul class="list">
          {license_keys.map((key) => (
            <LicenseKeyItem page={page} license_key={key} />
          ))}
        </ul>
      )}
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
    </>
  )
}

function KeysEmpty({ page: { i18n } }: { page: PortalPage }) {
  return (
    <EmptyState icon="key-round" title={i18n.t('portal.keys.none')}>
      <p>{i18n.t('portal.keys.none_text')}</p>
    </EmptyState>
  )
}

export function KeysFailed({ page: { i18n }, href }: { page: PortalPage; href: string }) {
  return (
    <ErrorState
      title={i18n.t('portal.keys.failed')}
      text={i18n.t('portal.failed_text')}
      retry={{ href, label: i18n.t('error.retry') }}
    />
  )
}
