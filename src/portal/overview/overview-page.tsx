// Everything at a glance: what runs, what is owed, how it is paid, what was paid.

import type { When } from '#i18n/translator.ts'
import { HistoryEmpty, HistoryFailed } from '#portal/billing-history/billing-history-page.tsx'
import { type BillingRow, BillingTable } from '#portal/billing-history/billing-table.tsx'
import { LatestKeys } from '#portal/license-keys/latest-keys.tsx'
import type { LicenseKey } from '#portal/license-keys/license-key-item.tsx'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import { PaymentMethods, type SavedMethod } from '#portal/payment-methods/saved-methods.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { MethodsNeeded } from '#portal/subscriptions/method-needed.tsx'
import { RunningSubscriptions, SubscriptionLines } from '#portal/subscriptions/subscription-card.tsx'
import { isPast, type SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { DuesBanners, type OpenDues } from './dues-banner.tsx'

export interface OverviewPageProps {
  page: PortalPage
  /** The business's own time. */
  now: When
  notice: Notice | null
  dues: readonly OpenDues[]
  /** The first ones, running and past, in the order to be shown. */
  subscriptions: readonly SubscriptionSummary[]
  has_more_subscriptions: boolean
  payment_methods: readonly SavedMethod[]
  /** The latest few and one more; null where they could not be read. */
  license_keys: readonly LicenseKey[] | null
  /** The latest ten; null where they could not be read. */
  billing_history: readonly BillingRow[] | null
  has_more_history: boolean
  /** Of the customer, one for each currency; minor units. */
  wallets: readonly { balance: number; currency: string }[]
}

/** All of them are where they are managed. */
const METHODS = 3

export function OverviewPage(props: OverviewPageProps) {
  const { page, notice, dues } = props
  const title = page.i18n.t('portal.overview.title')
  return (
    <Shell page={page} section="overview" title={title}>
      <h1>{title}</h1>
      {notice === null ? null : <NoticeBanner i18n={page.i18n} notice={notice} />}
      <DuesBanners page={page} dues={dues} />
      <MethodsNeeded page={page} subscriptions={props.subscriptions} />
      <Subscriptions {...props} />
      <PaymentMethods page={page} methods={props.payment_methods.slice(0, METHODS)} now={props.now} />
      <History {...props} />
      <Wallet page={page} wallets={props.wallets} />
      <LatestKeys page={page} license_keys={props.license_keys} />
    </Shell>
  )
}

function Subscriptions({ page, subscriptions, has_more_subscriptions }: OverviewPageProps) {
  const { i18n, urls, business } = page
  const running = subscriptions.filter((subscription) => !isPast(subscription))
  const past = subscriptions.filter(isPast)
  return (
    <section aria-labelledby="subscriptions">
      <div class="row">
        <h2 id="subscriptions">{i18n.t('portal.overview.subscriptions')}</h2>
        {has_more_subscriptions ? (
          <a href={urls.portal.subscriptions(business.business_id)} data-prefetch>
            {i18n.t('portal.subscriptions.see_all')}
          </a>
        ) : null}
      </div>
      {running.length > 0 ? (
        <RunningSubscriptions page={page} subscriptions={running} />
      ) : (
        <EmptyState icon="repeat" title={i18n.t('portal.subscriptions.none_active')} />
      )}
      {past.length > 0 ? (
        <details class="fold">
          <summary>
            <Icon name="chevron-right" flips />
            {i18n.t('portal.subscriptions.past')}{' '}
            {has_more_subscriptions ? null : <span class="count">{past.length}</span>}
          </summary>
          <SubscriptionLines page={page} subscriptions={past} />
        </details>
      ) : null}
    </section>
  )
}

/** What is left in the wallet, where there is something. */
function Wallet({ page, wallets }: Pick<OverviewPageProps, 'page' | 'wallets'>) {
  const { i18n, urls, business } = page
  const held = wallets.filter(({ balance }) => balance > 0)
  if (held.length === 0) return null
  const amounts = i18n.list(held.map(({ balance, currency }) => i18n.money(balance, currency)))
  return (
    <p class="cluster">
      {i18n.t('portal.overview.wallet', { amounts })}
      <a href={urls.portal.usage(business.business_id)} data-prefetch>
        {i18n.t('portal.nav.usage')}
      </a>
    </p>
  )
}

function History({ page, billing_history, has_more_history }: OverviewPageProps) {
  const { i18n, urls, business } = page
  return (
    <section aria-labelledby="history">
      <div class="row">
        <h2 id="history">{i18n.t('portal.nav.billing_history')}</h2>
        {has_more_history ? (
          <a href={urls.portal.billingHistory(business.business_id)} data-prefetch>
            {i18n.t('portal.history.see_all')}
          </a>
        ) : null}
      </div>
      <HistoryRows page={page} rows={billing_history} />
    </section>
  )
}

function HistoryRows({ page, rows }: { page: PortalPage; rows: readonly BillingRow[] | null }) {
  if (rows === null) return <HistoryFailed page={page} href={page.urls.portal.overview(page.business.business_id)} />
  return rows.length > 0 ? <BillingTable page={page} rows={rows} reasons={false} /> : <HistoryEmpty page={page} />
}
