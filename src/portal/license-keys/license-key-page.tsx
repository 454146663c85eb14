// One key: itself, where it is from, how it is entered, and the devices it is active on.
import type { Translator, When } from '#i18n/translator.ts'
import { whyClosed } from '#portal/entitlements/why-closed.ts'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Pagination } from '#ui/components/pagination.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { DateText } from '#ui/components/text.tsx'
import { DeactivateDialog } from './deactivate-form.tsx'
import { KeyTag, type LicenseKey, usedOf } from './license-key-item.tsx'
import { CopyKey, SecretKey } from './secret-key.tsx'

export interface Device {
  license_key_instance_id: string
  name: string
  created_at: When
}

export interface LicenseKeyPageProps {
  page: PortalPage
  notice: Notice | null
  license_key: LicenseKey & { activation_message: string | null }
  devices: readonly Device[]
  /** From 1. */
  page_number: number
  has_more: boolean
}

export function LicenseKeyPage(props: LicenseKeyPageProps) {
  const { page, notice, license_key: key } = props
  const { i18n, urls, business } = page
  return (
    <Shell
      page={page}
      section="license_keys"
      title={key.product_name}
      back={{ href: urls.portal.licenseKeys(business.business_id), label: i18n.t('portal.nav.license_keys') }}
    >
      <div class="head">
        <div class="cluster">
          <h1>
            <bdi>{key.product_name}</bdi>
          </h1>
          <KeyTag i18n={i18n} license_key={key} />
        </div>
        {key.revocation_reason === null ? null : <p class="soft">{whyClosed(page, key.revocation_reason)}</p>}
      </div>
      {notice === null ? null : <NoticeBanner i18n={i18n} notice={notice} />}
      <div class="card">
        <div class="row wraps">
          <SecretKey i18n={i18n} license_key={key} />
          <CopyKey i18n={i18n} license_key={key} />
        </div>
        <Facts {...props} />
      </div>
      {key.activation_message === null || key.activation_message === '' ? null : (
        <section aria-labelledby="instructions">
          <h2 id="instructions">{i18n.t('portal.keys.instructions')}</h2>
          <p class="said">
            <bdi>{key.activation_message}</bdi>
          </p>
        </section>
      )}
      <Devices {...props} />
    </Shell>
  )
}

function Facts({ page, license_key: key }: LicenseKeyPageProps) {
  const { i18n, urls, business } = page
  const { bought_at, subscription_id } = key
  return (
    <dl class="facts">
      {bought_at === null ? null : (
        <div>
          <dt>{i18n.t('portal.keys.fact.bought')}</dt>
          <dd>
            <DateText i18n={i18n} when={bought_at} />
          </dd>
        </div>
      )}
      {subscription_id === null ? null : (
        <div>
          <dt>{i18n.t('portal.keys.fact.subscription')}</dt>
          <dd>
            <a href={urls.portal.subscription(business.business_id, subscription_id)} data-prefetch>
              <bdi>{key.product_name}</bdi>
            </a>
          </dd>
        </div>
      )}
      <div>
        <dt>{i18n.t('portal.keys.fact.valid')}</dt>
        <dd>{validityOf(i18n, key)}</dd>
      </div>
      <div>
        <dt>{i18n.t('portal.keys.fact.activations')}</dt>
        <dd>{usedOf(i18n, key)}</dd>
      </div>
    </dl>
  )
}

function validityOf(i18n: Translator, { expires_at, subscription_id, status }: LicenseKey): string {
  if (expires_at === null) {
    return i18n.t(subscription_id === null ? 'portal.keys.forever' : 'portal.keys.while_subscribed')
  }
  return i18n.t(status === 'expired' ? 'portal.keys.ended' : 'portal.keys.until', { date: i18n.date(expires_at) })
}

function Devices(props: LicenseKeyPageProps) {
  const { page, license_key: key, devices, page_number, has_more } = props
  const { i18n, urls, business } = page
  const { license_key_id, instances_count } = key
  const here = (number: number) => urls.portal.licenseKey(business.business_id, license_key_id, { page: number })
  return (
    <section aria-labelledby="devices">
      <div class="row">
        <h2 id="devices">{i18n.t('portal.devices.title')}</h2>
        {instances_count > 1 ? (
          <ButtonLink href={urls.portal.devicesDeactivation(business.business_id, license_key_id)} dialog="all" small>
            {i18n.t('portal.devices.deactivate_all')}
          </ButtonLink>
        ) : null}
      </div>
      {instances_count === 0 ? (
        <EmptyState icon="key-round" title={i18n.t('portal.devices.none')}>
          <p>{i18n.t('portal.devices.none_text')}</p>
        </EmptyState>
      ) : (
        <ul class="list">
          {devices.map((device) => (
            <DeviceItem page={page} license_key={key} device={device} />
          ))}
        </ul>
      )}
      <Pagination i18n={i18n} page_number={page_number} has_more={has_more} href={here} />
      {instances_count > 1 ? <DeactivateDialog page={page} license_key={key} device={null} /> : null}
      {devices.map((device) => (
        <DeactivateDialog page={page} license_key={key} device={device} />
      ))}
    </section>
  )
}

function DeviceItem({ page, license_key, device }: { page: PortalPage; license_key: LicenseKey; device: Device }) {
  const { i18n, urls, business } = page
  const { license_key_instance_id, name, created_at } = device
  const href = urls.portal.deviceDeactivation(business.business_id, license_key.license_key_id, license_key_instance_id)
  return (
    <li class="item">
      <div class="grow">
        <p>
          <b>
            <bdi>{name}</bdi>
          </b>
        </p>
        <p class="small soft">{i18n.t('portal.devices.since', { date: i18n.date(created_at) })}</p>
      </div>
      <ButtonLink href={href} dialog={license_key_instance_id} small>
        {i18n.t('portal.devices.deactivate')}
        <span class="sr">: {name}</span>
      </ButtonLink>
    </li>
  )
}
