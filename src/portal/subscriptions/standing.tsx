// How a subscription stands, where that needs more than a sentence: what is owed, what waits, what rests.

import type { When } from '#i18n/translator.ts'
import { DuesBanner, type OpenDues } from '#portal/overview/dues-banner.tsx'
import type { PortalPage } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { MethodsNeeded } from './method-needed.tsx'
import type { SubscriptionSummary } from './subscription-summary.tsx'

interface PendingChange {
  product_name: string
  expires_at: When | null
  /** Where it goes on; null where the business asked for it. */
  href: string | null
}

/** What cannot be read from its row. */
export interface Waiting {
  /** A change that happens once it is paid. */
  pending_change: PendingChange | null
  /** A change that was made and never paid for can be taken back. */
  undoable_change: boolean
  /** Where it is paused: how it would go on if it were resumed now; null where the visitor may not. */
  resumption: { next_billing_date: When | null; amount: number | null; ends: boolean } | null
}

interface StandingProps {
  page: PortalPage
  subscription: SubscriptionSummary
  dues: readonly OpenDues[]
  waiting: Waiting
}

export function Standing({ page, subscription, dues, waiting }: StandingProps) {
  return (
    <>
      {dues.map((one) => (
        <DuesBanner page={page} dues={one} />
      ))}
      <MethodsNeeded page={page} subscriptions={[subscription]} />
      {waiting.undoable_change ? <UndoChange page={page} subscription={subscription} /> : null}
      {waiting.pending_change ? <PendingChangeBanner page={page} change={waiting.pending_change} /> : null}
      {subscription.status === 'paused' ? (
        <PausedBanner page={page} subscription={subscription} resumption={waiting.resumption} />
      ) : null}
    </>
  )
}

function PendingChangeBanner({ page: { i18n }, change }: { page: PortalPage; change: PendingChange }) {
  const text =
    change.expires_at === null
      ? i18n.t('portal.change.pending_text')
      : i18n.t('portal.change.pending_until', { date: i18n.dateTime(change.expires_at) })
  return (
    <Banner
      tone="wait"
      title={i18n.t('portal.change.pending', { product: change.product_name })}
      action={
        change.href === null ? null : (
          <ButtonLink href={change.href} look="primary">
            {i18n.t('portal.plan.way.pending_change')}
          </ButtonLink>
        )
      }
    >
      <p>{text}</p>
    </Banner>
  )
}

function UndoChange({ page, subscription }: Pick<StandingProps, 'page' | 'subscription'>) {
  const { i18n, urls, business } = page
  return (
    <Banner
      tone="dim"
      title={i18n.t('portal.change.undoable')}
      action={
        <PostForm page={page} action={urls.portal.unpaidChangeUndo(business.business_id, subscription.subscription_id)}>
          <Button>{i18n.t('portal.change.undo')}</Button>
        </PostForm>
      }
    >
      <p>{i18n.t('portal.change.undoable_text')}</p>
    </Banner>
  )
}

type PausedProps = Pick<StandingProps, 'page' | 'subscription'> & { resumption: Waiting['resumption'] }

function PausedBanner({ page, subscription, resumption }: PausedProps) {
  const { i18n, urls, business } = page
  const { paused_at, subscription_id } = subscription
  const title =
    paused_at === null ? i18n.t('portal.status.paused') : i18n.t('portal.pause.since', { date: i18n.date(paused_at) })
  return (
    <Banner
      tone="dim"
      title={title}
      action={
        resumption === null ? null : (
          <PostForm page={page} action={urls.portal.resumption(business.business_id, subscription_id)}>
            <Button look="primary">{i18n.t('portal.pause.resume')}</Button>
          </PostForm>
        )
      }
    >
      <p>{resumption === null ? i18n.t('portal.pause.not_yours') : onResuming(page, subscription, resumption)}</p>
    </Banner>
  )
}

/** What resuming now charges, and when it renews: nothing, and later by the length of the pause. */
function onResuming(
  { i18n }: PortalPage,
  { currency }: SubscriptionSummary,
  { next_billing_date, amount, ends }: Waiting['resumption'] & object,
): string {
  if (next_billing_date === null) return i18n.t('portal.pause.resume_free')
  const date = i18n.date(next_billing_date)
  if (ends) return i18n.t('portal.pause.resume_ends', { date })
  if (amount === null) return i18n.t('portal.pause.resume_until', { date })
  return i18n.t('portal.pause.resume_renews', { date, amount: i18n.money(amount, currency) })
}
