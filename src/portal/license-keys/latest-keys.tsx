// The latest keys on the overview, and the way to all of them.
import type { PortalPage } from '#portal/shell.tsx'
import { type LicenseKey, LicenseKeyItem } from './license-key-item.tsx'
import { KeysFailed } from './license-keys-page.tsx'

/** To read one more says whether there are more. */
export const LATEST_KEYS = { page_number: 0, page_size: 4 }
const SHOWN = LATEST_KEYS.page_size - 1

interface LatestKeysProps {
  page: PortalPage
  /** Null where they could not be read. */
  license_keys: readonly LicenseKey[] | null
  /** The subscription whose keys these are; all of the customer's where it is left out. */
  subscription_id?: string
}

export function LatestKeys({ page, license_keys, subscription_id }: LatestKeysProps) {
  const { i18n, urls, business } = page
  if (license_keys?.length === 0) return null
  const all = urls.portal.licenseKeys(business.business_id, { subscription: subscription_id })
  return (
    <section aria-labelledby="keys">
      <div class="row">
        <h2 id="keys">{i18n.t('portal.nav.license_keys')}</h2>
        {license_keys !== null && license_keys.length > SHOWN ? (
          <a href={all} data-prefetch>
            {i18n.t('portal.keys.see_all')}
          </a>
        ) : null}
      </div>
      {license_keys === null ? (
        <KeysFailed page={page} href={all} />
      ) : (
        <ul class="list">
          {license_keys.slice(0, SHOWN).map((key) => (
            <LicenseKeyItem page={page} license_key={key} />
          ))}
        </ul>
      )}
    </section>
  )
}
