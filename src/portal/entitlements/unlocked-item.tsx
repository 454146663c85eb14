// One thing that a purchase unlocked: what it is, whether it is open, and the way to it.
import type { MessageKey } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { Tag, type Tone } from '#ui/components/tag.tsx'
import { whyClosed } from './why-closed.ts'

export interface UnlockedThing {
  grant_id: string
  name: string
  description: string | null
  status: 'Pending' | 'Delivered' | 'Failed' | 'Revoked'
  revocation_reason: string | null
  kind: { type: 'license_key'; count: number } | { type: 'feature' } | DigitalFiles
}

interface DigitalFiles {
  type: 'files'
  /** Where they are, as one would say it: "files.linden.example". */
  host: string | null
  instructions: string | null
  /** Those kept here; `size` in bytes. */
  kept: readonly { file_id: string; filename: string; size: number }[]
}

interface UnlockedItemProps {
  page: PortalPage
  thing: UnlockedThing
  /** The purchase, as it stands in addresses. */
  of: { subscription?: string; payment?: string }
}

export function UnlockedItem(props: UnlockedItemProps) {
  const { page, thing } = props
  const { name, description } = thing
  return (
    <li class="item wraps">
      <div class="grow stack">
        <p class="cluster">
          <b>
            <bdi>{name}</bdi>
          </b>
          <StatusTag {...props} />
        </p>
        {description ? (
          <p class="small soft">
            <bdi>{description}</bdi>
          </p>
        ) : null}
        <State {...props} />
        <Instructions {...props} />
      </div>
      <Way page={page} thing={thing} of={props.of} />
      <Files {...props} />
    </li>
  )
}

const tones: Record<UnlockedThing['status'], Tone> = { Delivered: 'ok', Pending: 'wait', Failed: 'bad', Revoked: 'dim' }
const RESTS = new Set(['subscription_on_hold', 'SubscriptionPaused'])

function StatusTag({ page: { i18n }, thing: { status, revocation_reason } }: UnlockedItemProps) {
  const rests = status === 'Revoked' && RESTS.has(revocation_reason ?? '')
  if (rests) return <Tag tone="wait">{i18n.t('portal.unlocked.suspended')}</Tag>
  return <Tag tone={tones[status]}>{i18n.t(`portal.unlocked.status.${lower[status]}` satisfies MessageKey)}</Tag>
}

const lower = { Delivered: 'delivered', Pending: 'pending', Failed: 'failed', Revoked: 'revoked' } as const

function State(props: UnlockedItemProps) {
  const state = stateOf(props)
  return state === null ? null : <p class="small soft">{state}</p>
}

function stateOf({ page, thing }: UnlockedItemProps): string | null {
  const { i18n, business } = page
  const { kind, status, revocation_reason } = thing
  if (status === 'Revoked') return whyClosed(page, revocation_reason ?? '')
  if (status === 'Pending') return i18n.t('portal.unlocked.pending', { business: business.name })
  if (status === 'Failed') return failedText(page)
  if (kind.type === 'license_key') return i18n.t('portal.unlocked.keys', { count: kind.count })
  return kind.type === 'feature' ? i18n.t('portal.unlocked.feature') : null
}

function failedText({ i18n, business }: PortalPage): string {
  return business.support_email
    ? i18n.t('portal.unlocked.failed_ask', { email: business.support_email })
    : i18n.t('portal.unlocked.failed', { business: business.name })
}

function Instructions({ thing: { kind, status } }: UnlockedItemProps) {
  if (status !== 'Delivered' || kind.type !== 'files' || !kind.instructions) return null
  return (
    <p class="said">
      <bdi>{kind.instructions}</bdi>
    </p>
  )
}

/** Each by the customer's own session: a plain link that any browser can go on with where it broke off. */
function Files({ page, thing: { kind, grant_id } }: UnlockedItemProps) {
  const { i18n, urls, business } = page
  if (kind.type !== 'files' || kind.kept.length === 0) return null
  return (
    <ul class="files">
      {kind.kept.map(({ file_id, filename, size }) => (
        <li>
          <div class="grow">
            <bdi>{filename}</bdi>
            <p class="small soft">{i18n.fileSize(size)}</p>
          </div>
          <ButtonLink href={urls.portal.entitlementFile(business.business_id, grant_id, file_id)} small>
            <Icon name="download" />
            {i18n.t('portal.unlocked.download')}
            <span class="sr">: {filename}</span>
          </ButtonLink>
        </li>
      ))}
    </ul>
  )
}

function Way({ page, thing, of }: UnlockedItemProps) {
  const { i18n, urls, business } = page
  const { kind, name, grant_id, status } = thing
  if (kind.type === 'license_key' && status !== 'Pending') {
    return (
      <ButtonLink href={urls.portal.licenseKeys(business.business_id, of)} small prefetch>
        {i18n.t('portal.unlocked.show_keys')}
        <span class="sr">: {name}</span>
      </ButtonLink>
    )
  }
  if (kind.type !== 'files' || kind.host === null || status !== 'Delivered') return null
  return (
    <ButtonLink href={urls.portal.entitlementFiles(business.business_id, grant_id)} small>
      <Icon name="file-text" />
      {i18n.t('portal.unlocked.open', { host: kind.host })}
      <span class="sr">: {name}</span>
    </ButtonLink>
  )
}
