// One subscription: what it is, what happens next and what happened, what can be done about it.

import type { Translator, When } from '#i18n/translator.ts'
import { HistoryEmpty, HistoryFailed } from '#portal/billing-history/billing-history-page.tsx'
import { type BillingRow, BillingTable } from '#portal/billing-history/billing-table.tsx'
import { CancelDialog, type CancellationOptions, canCancel } from '#portal/cancellation/cancel-form.tsx'
import { LatestKeys } from '#portal/license-keys/latest-keys.tsx'
import type { LicenseKey } from '#portal/license-keys/license-key-item.tsx'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import type { OpenDues } from '#portal/overview/dues-banner.tsx'
import { PauseDialog, type PauseOptions } from '#portal/pausing/pause-form.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { type SubscriptionUsage, SubscriptionUsageCards } from '#portal/usage/subscription-usage.tsx'
import { declineText } from '#ui/decline-text.ts'
import type { PlanExtras, SubscriptionLine } from './plan-lines.tsx'
import { Standing, type Waiting } from './standing.tsx'
import { Actions } from './subscription-actions.tsx'
import { SubscriptionName } from './subscription-card.tsx'
import { type BillingInformation, SubscriptionDetails } from './subscription-details.tsx'
import { nextStep, SubscriptionPrice, type SubscriptionSummary, SubscriptionTag } from './subscription-summary.tsx'
import { type Happened, Timeline, type Upcoming } from './timeline.tsx'
import { UndoButton } from './undo-button.tsx'

export interface SubscriptionPageProps {
  page: PortalPage
  /** The business's own time. */
  now: When
  notice: Notice | null
  subscription: SubscriptionSummary
  dues: readonly OpenDues[]
  waiting: Waiting
  lines: readonly SubscriptionLine[]
  extras: PlanExtras
  billing: BillingInformation
  cancellation: CancellationOptions
  pause: PauseOptions
  /** Latest first. */
  upcoming: readonly Upcoming[]
  /** Latest first. */
  happened: readonly Happened[]
  /** Before that, more happened. */
  has_more_happened: boolean
  /** Null where it pays by no meter. */
  usage: SubscriptionUsage | null
  /** The latest few and one more; null where they could not be read. */
  license_keys: readonly LicenseKey[] | null
  /** The latest; null where they could not be read. */
  billing_history: readonly BillingRow[] | null
  has_more_history: boolean
}

export function SubscriptionPage(props: SubscriptionPageProps) {
  const { page, subscription, notice, usage, license_keys } = props
  const { i18n, urls, business } = page
  return (
    <Shell
      page={page}
      section="subscriptions"
      title={subscription.product_name}
      back={{ href: urls.portal.subscriptions(business.business_id), label: i18n.t('portal.nav.subscriptions') }}
    >
      <Head {...props} />
      {notice === null ? null : <NoticeBanner i18n={i18n} notice={notice} />}
      <Standing {...props} />
      <div class="two">
        <section aria-labelledby="timeline">
          <h2 id="timeline">{i18n.t('portal.timeline.title')}</h2>
          <Timeline
            i18n={i18n}
            upcoming={props.upcoming}
            now={props.now}
            happened={props.happened}
            earlier_href={props.has_more_happened ? allPayments(props) : null}
            told={toldReason(props)}
            undo={(item) => <UndoButton page={page} subscription={subscription} item={item} />}
          />
        </section>
        <SubscriptionDetails {...props} />
      </div>
      {usage === null ? null : <Usage page={page} usage={usage} />}
      <LatestKeys page={page} license_keys={license_keys} subscription_id={subscription.subscription_id} />
      <History {...props} />
      <Dialogs {...props} />
    </Shell>
  )
}

/** What the banner of the dues says above. */
function toldReason({ page, dues }: SubscriptionPageProps): string | null {
  const declined = dues.find(({ state }) => state === 'declined')
  return declined === undefined ? null : declineText(page.i18n, declined.error_code)
}

function Head(props: SubscriptionPageProps) {
  const { page, subscription } = props
  const { i18n } = page
  return (
    <div class="row wraps headline">
      <div>
        <div class="cluster">
          <h1>
            <SubscriptionName subscription={subscription} />
          </h1>
          <SubscriptionTag i18n={i18n} subscription={subscription} />
        </div>
        <SubscriptionPrice i18n={i18n} subscription={subscription} />
        <p class="soft">{nextStep(i18n, subscription)}</p>
      </div>
      <Actions {...props} />
    </div>
  )
}

function Dialogs(props: SubscriptionPageProps) {
  const { page, subscription, cancellation, pause } = props
  return (
    <>
      {canCancel(subscription, cancellation) ? (
        <CancelDialog page={page} subscription={subscription} options={cancellation} />
      ) : null}
      {pause.refused === null ? <PauseDialog page={page} subscription={subscription} options={pause} /> : null}
    </>
  )
}

function Usage({ page, usage }: { page: PortalPage; usage: SubscriptionUsage }) {
  return (
    <section aria-labelledby="usage">
      <h2 id="usage">{page.i18n.t('portal.subscription.usage')}</h2>
      <SubscriptionUsageCards page={page} usage={usage} />
    </section>
  )
}

function History({ page, subscription, billing_history: rows, has_more_history }: SubscriptionPageProps) {
  const { urls, business } = page
  const { subscription_id } = subscription
  const here = urls.portal.subscription(business.business_id, subscription_id)
  return (
    <section aria-labelledby="history">
      <div class="row">
        <h2 id="history">{page.i18n.t('portal.nav.billing_history')}</h2>
        {has_more_history ? <SeeAll i18n={page.i18n} href={allPayments({ page, subscription })} /> : null}
      </div>
      {rows === null ? <HistoryFailed page={page} href={here} /> : null}
      {rows?.length === 0 ? <HistoryEmpty page={page} /> : null}
      {rows?.length ? <BillingTable page={page} rows={rows} reasons={false} /> : null}
    </section>
  )
}

function allPayments({ page, subscription }: Pick<SubscriptionPageProps, 'page' | 'subscription'>): string {
  const { urls, business } = page
  return urls.portal.billingHistory(business.business_id, { subscription: subscription.subscription_id })
}

function SeeAll({ i18n, href }: { i18n: Translator; href: string }) {
  return (
    <a href={href} data-prefetch>
      {i18n.t('portal.history.see_all')}
    </a>
  )
}
