// A license key in a list: hidden until one asks for it, with what it is for and how it is used.
import { isolate } from '#i18n/message.ts'
import type { MessageKey, Translator, When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Tag, type Tone } from '#ui/components/tag.tsx'
import { CopyKey, SecretKey } from './secret-key.tsx'

export interface LicenseKey {
  license_key_id: string
  key: string
  product_name: string
  status: 'active' | 'expired' | 'disabled'
  /** Null: as often as one likes. */
  activations_limit: number | null
  instances_count: number
  expires_at: When | null
  /** Null where the merchant gave it without a purchase. */
  bought_at: When | null
  subscription_id: string | null
  /** Why it does not work; null where it does. */
  revocation_reason: string | null
}

const tones: Record<LicenseKey['status'], Tone> = { active: 'ok', expired: 'dim', disabled: 'bad' }

export function LicenseKeyItem({ page, license_key: key }: { page: PortalPage; license_key: LicenseKey }) {
  const { i18n, urls, business } = page
  return (
    <li class="item wraps">
      <div class="grow">
        <p class="cluster">
          <b>
            <bdi>{key.product_name}</bdi>
          </b>
          <KeyTag i18n={i18n} license_key={key} />
        </p>
        <SecretKey i18n={i18n} license_key={key} />
        <p class="small soft">{factsOf(i18n, key).join(' · ')}</p>
      </div>
      <div class="cluster">
        <CopyKey i18n={i18n} license_key={key} />
        <ButtonLink href={urls.portal.licenseKey(business.business_id, key.license_key_id)} small prefetch>
          {i18n.t('portal.keys.manage')}
          <span class="sr">: {key.product_name}</span>
        </ButtonLink>
      </div>
    </li>
  )
}

export function KeyTag({ i18n, license_key: { status } }: { i18n: Translator; license_key: LicenseKey }) {
  return <Tag tone={tones[status]}>{i18n.t(`portal.keys.${status}` satisfies MessageKey)}</Tag>
}

export function usedOf(i18n: Translator, { instances_count: count, activations_limit: limit }: LicenseKey): string {
  return limit === null
    ? i18n.t('portal.keys.activations', { count })
    : i18n.t('portal.keys.activations_of', { count, limit })
}

function factsOf(i18n: Translator, key: LicenseKey): string[] {
  const { bought_at, expires_at, status } = key
  const ended = status === 'expired' ? 'portal.keys.ended' : 'portal.keys.expires'
  return [
    ...(bought_at === null ? [] : [i18n.t('portal.keys.bought', { date: i18n.date(bought_at) })]),
    isolate(usedOf(i18n, key), i18n.dir),
    ...(expires_at === null ? [] : [i18n.t(ended, { date: i18n.date(expires_at) })]),
  ]
}
