// When something did not work: what happened in plain words, and the way on. Themed like every other page.

import type { MessageKey } from '#i18n/translator.ts'
import { ButtonLink } from './components/button.tsx'
import { Icon, type IconName } from './components/icon.tsx'
import { PlainPage } from './components/plain-page.tsx'
import type { Page, PageBusiness } from './page.ts'

interface ErrorPageProps {
  page: Page
  /** Null where nobody knows which business this is about. */
  business: PageBusiness | null
  /** HTTP status of the answer. */
  status: number
  /** Where to go on; null draws no button. */
  home_href: string | null
  /** Address to try again; null where trying again is no use. */
  retry_href?: string | null
  /** Named for the support's sake. */
  request_id?: string | null
}

interface Words {
  title: MessageKey
  text: MessageKey
  icon: IconName
}

const words = {
  not_found: { title: 'error.not_found.title', text: 'error.not_found.text', icon: 'inbox' },
  forbidden: { title: 'error.forbidden.title', text: 'error.forbidden.text', icon: 'lock' },
  conflict: { title: 'error.conflict.title', text: 'error.conflict.text', icon: 'clock' },
  misdirected: { title: 'error.misdirected.title', text: 'error.misdirected.text', icon: 'circle-alert' },
  too_many: { title: 'error.too_many.title', text: 'error.too_many.text', icon: 'clock' },
  unreadable: { title: 'error.unreadable.title', text: 'error.unreadable.text', icon: 'circle-alert' },
  unavailable: { title: 'error.unavailable.title', text: 'error.unavailable.text', icon: 'clock' },
  internal: { title: 'error.internal.title', text: 'error.internal.text', icon: 'circle-alert' },
} as const satisfies Record<string, Words>

export function ErrorPage({ page, business, status, home_href, retry_href, request_id }: ErrorPageProps) {
  const { i18n } = page
  const said = wordsFor(status)
  return (
    <PlainPage page={page} business={business} title={i18n.t(said.title)} self_contained={status === 421}>
      <span class={status >= 500 ? 'sign bad' : 'sign'}>
        <Icon name={said.icon} />
      </span>
      <div class="head">
        <h1>{i18n.t(said.title)}</h1>
        <p>{i18n.t(said.text)}</p>
      </div>
      {retry_href ? (
        <ButtonLink href={retry_href} look="primary" wide>
          {i18n.t('error.retry')}
        </ButtonLink>
      ) : null}
      {home_href ? (
        <ButtonLink href={home_href} look={retry_href ? 'plain' : 'primary'} wide>
          {i18n.t('error.home')}
        </ButtonLink>
      ) : null}
      {request_id ? (
        <p class="small soft">
          {i18n.t('error.reference')} <bdi class="key">{request_id}</bdi>
        </p>
      ) : null}
    </PlainPage>
  )
}

function wordsFor(status: number): Words {
  if (status === 404 || status === 410) return words.not_found
  if (status === 401 || status === 403) return words.forbidden
  if (status === 409) return words.conflict
  if (status === 421) return words.misdirected
  if (status === 429) return words.too_many
  if (status === 502 || status === 503 || status === 504) return words.unavailable
  return status < 500 ? words.unreadable : words.internal
}
