// The latest keys on the overview, and the way to all of them.
import type { PortalPage } from '#portal/shell.tsx'
import { type LicenseKey, LicenseKeyItem } from './license-key-item.tsx'
import { KeysFailed } from './license-keys-page.tsx'

interface LatestKeysProps {
  page: PortalPage
  /** Null where they could not be read. */
  license_keys: readonly LicenseKey[] | null
  has_more: boolean
}

export function LatestKeys({ page, license_keys, has_more }: LatestKeysProps) {
  const { i18n, urls, business } = page
  if (license_keys?.length === 0) return null
  return (
    <section aria-labelledby="keys">
      <div class="row">
        <h2 id="keys">{i18n.t('portal.nav.license_keys')}</h2>
        {has_more ? (
          <a href={urls.portal.licenseKeys(business.business_id)} data-prefetch>
            {i18n.t('portal.keys.see_all')}
          </a>
        ) : null}
      </div>
      {license_keys === null ? (
        <KeysFailed page={page} href={urls.portal.overview(business.business_id)} />
      ) : (
        <ul class="list">
          {license_keys.map((key) => (
            <LicenseKeyItem page={page} license_key={key} />
          ))}
        </ul>
      )}
    </section>
  )
}
