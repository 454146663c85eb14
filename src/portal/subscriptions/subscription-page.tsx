// One subscription: what it is, what happens next and what happened, what can be done about it.

import type { When } from '#i18n/translator.ts'
import { HistoryEmpty, HistoryFailed } from '#portal/billing-history/billing-history-page.tsx'
import { type BillingRow, BillingTable } from '#portal/billing-history/billing-table.tsx'
import { CancelDialog, type CancellationOptions, canCancel } from '#portal/cancellation/cancel-form.tsx'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import { DuesBanner, type OpenDues } from '#portal/overview/dues-banner.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { SubscriptionName } from './subscription-card.tsx'
import {
  type BillingInformation,
  type PlanExtras,
  SubscriptionDetails,
  type SubscriptionLine,
} from './subscription-details.tsx'
import { nextStep, SubscriptionPrice, type SubscriptionSummary, SubscriptionTag } from './subscription-summary.tsx'
import { type Happened, Timeline, type Upcoming } from './timeline.tsx'

export interface SubscriptionPageProps {
  page: PortalPage
  /** The business's own time. */
  now: When
  notice: Notice | null
  subscription: SubscriptionSummary
  dues: readonly OpenDues[]
  lines: readonly SubscriptionLine[]
  extras: PlanExtras
  billing: BillingInformation
  cancellation: CancellationOptions
  /** Latest first. */
  upcoming: readonly Upcoming[]
  /** Latest first. */
  happened: readonly Happened[]
  /** Null where they could not be read. */
  billing_history: readonly BillingRow[] | null
}

export function SubscriptionPage(props: SubscriptionPageProps) {
  const { page, subscription, notice, dues } = props
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
      {dues.map((one) => (
        <DuesBanner page={page} dues={one} />
      ))}
      <div class="two">
        <section aria-labelledby="timeline">
          <h2 id="timeline">{i18n.t('portal.timeline.title')}</h2>
          <Timeline
            i18n={i18n}
            upcoming={props.upcoming}
            now={props.now}
            happened={props.happened}
            undo={(item) => (item.kind === 'cancellation' ? <Undo page={page} subscription={subscription} /> : null)}
          />
        </section>
        <SubscriptionDetails
          page={page}
          subscription={subscription}
          lines={props.lines}
          extras={props.extras}
          billing={props.billing}
        />
      </div>
      <History {...props} />
      {canCancel(subscription, props.cancellation) ? (
        <CancelDialog page={page} subscription={subscription} options={props.cancellation} />
      ) : null}
    </Shell>
  )
}

function Head({ page, subscription, cancellation }: SubscriptionPageProps) {
  const { i18n } = page
  return (
    <div class="row wraps">
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
      <Actions page={page} subscription={subscription} cancellation={cancellation} />
    </div>
  )
}

type ActionsProps = Pick<SubscriptionPageProps, 'page' | 'subscription' | 'cancellation'>

function Actions({ page, subscription, cancellation }: ActionsProps) {
  const { i18n, urls, business } = page
  if (canCancel(subscription, cancellation)) {
    return (
      <div class="cluster">
        <ButtonLink href={urls.portal.cancellation(business.business_id, subscription.subscription_id)} dialog="cancel">
          {i18n.t('portal.cancel.open')}
        </ButtonLink>
      </div>
    )
  }
  if (cancellation.allowed || !canCancel(subscription, { ...cancellation, allowed: true })) return null
  return (
    <p class="small soft">
      {business.support_email
        ? i18n.t('portal.cancel.forbidden_ask', { email: business.support_email })
        : i18n.t('portal.cancel.forbidden', { business: business.name })}
    </p>
  )
}

function Undo({ page, subscription }: Pick<SubscriptionPageProps, 'page' | 'subscription'>) {
  const { urls, business, i18n } = page
  return (
    <PostForm page={page} action={urls.portal.cancellationUndo(business.business_id, subscription.subscription_id)}>
      <button type="submit" class="btn small">
        {i18n.t('portal.cancel.undo')}
        <span class="sr">: {i18n.t('portal.timeline.will.cancellation')}</span>
      </button>
    </PostForm>
  )
}

function History({ page, subscription, billing_history: rows }: SubscriptionPageProps) {
  const { i18n, urls, business } = page
  const here = urls.portal.subscription(business.business_id, subscription.subscription_id)
  return (
    <section aria-labelledby="history">
      <h2 id="history">{i18n.t('portal.nav.billing_history')}</h2>
      {rows === null ? <HistoryFailed page={page} href={here} /> : null}
      {rows?.length === 0 ? <HistoryEmpty page={page} /> : null}
      {rows?.length ? <BillingTable page={page} rows={rows} /> : null}
    </section>
  )
}
