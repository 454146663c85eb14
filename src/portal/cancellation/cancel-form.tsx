// Cancelling: two honest choices, a reason, no maze. The same form in a dialog and on a page of its own.

import type { Child } from 'hono/jsx'
import { cancellationFeedbacks } from '#billing/cancellation.ts'
import type { MessageKey } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import { isPast, type SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { type Choice, Pick, Problem, Select, TextArea } from '#ui/components/field.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import { type CancellationField, MAX_COMMENT } from './cancellation-form.ts'

/** What the business lets its customers do by themselves. */
export interface CancellationOptions {
  allowed: boolean
  at_next_billing_date: boolean
  /** Whole days that are paid for and would be lost now; null where nothing is paid ahead. */
  days_left: number | null
  /** By cancelling now, in minor units: time that is left, and credit. */
  gives_back: { currency: string; to_method: number; to_wallet: number; credit_to_wallet: number }
  /** What the last invoice for usage charges now. */
  used: number
}

export interface CancelFormProps {
  page: PortalPage
  subscription: SubscriptionSummary
  options: CancellationOptions
  errors?: FormErrors<CancellationField>
  typed?: Typed<CancellationField>
}

export function canCancel(subscription: SubscriptionSummary, { allowed }: CancellationOptions): boolean {
  return allowed && !isPast(subscription) && subscription.status !== 'pending'
}

/** Ends with the running period: not while on hold or paused, nor where it already does, nor where there are no periods. */
function canSchedule(subscription: SubscriptionSummary, { at_next_billing_date }: CancellationOptions): boolean {
  const { status, next_billing_date, cancel_at_next_billing_date, on_demand } = subscription
  if (on_demand) return false
  return at_next_billing_date && status === 'active' && next_billing_date !== null && !cancel_at_next_billing_date
}

export function CancelDialog(props: CancelFormProps) {
  const { i18n } = props.page
  return (
    <dialog id="cancel" aria-labelledby="cancel-title" closedby="any">
      <div class="head">
        <h2 id="cancel-title">{i18n.t('portal.cancel.title', { product: props.subscription.product_name })}</h2>
        <CancelForm
          {...props}
          keep={
            <button type="submit" class="btn" formmethod="dialog" formnovalidate>
              {i18n.t('portal.cancel.keep')}
            </button>
          }
        />
      </div>
    </dialog>
  )
}

export function CancelFormWithLink(props: CancelFormProps) {
  const { i18n, urls, business } = props.page
  const href = urls.portal.subscription(business.business_id, props.subscription.subscription_id)
  return <CancelForm {...props} keep={<ButtonLink href={href}>{i18n.t('portal.cancel.keep')}</ButtonLink>} />
}

function CancelForm({ page, subscription, options, errors = {}, typed = {}, keep }: CancelFormProps & { keep: Child }) {
  const { i18n, urls, business } = page
  const reasons: Choice[] = cancellationFeedbacks.map((value) => ({
    value,
    label: i18n.t(`portal.cancel.reason.${value}` satisfies MessageKey),
  }))
  return (
    <PostForm page={page} action={urls.portal.cancellation(business.business_id, subscription.subscription_id)}>
      {errors.form ? <Problem>{i18n.t(errors.form)}</Problem> : null}
      <When {...{ page, subscription, options, errors, typed }} />
      <Select
        i18n={i18n}
        name="cancellation_feedback"
        label={i18n.t('portal.cancel.why')}
        choices={reasons}
        value={typed.cancellation_feedback}
        placeholder={i18n.t('portal.cancel.choose_reason')}
        error={errors.cancellation_feedback}
        required
      />
      <TextArea
        i18n={i18n}
        name="cancellation_comment"
        label={i18n.t('portal.cancel.comment')}
        value={typed.cancellation_comment}
        maxlength={MAX_COMMENT}
        error={errors.cancellation_comment}
        optional
      />
      <div class="actions">
        {keep}
        <Button look="danger">{i18n.t('portal.cancel.confirm')}</Button>
      </div>
    </PostForm>
  )
}

function When({ page: { i18n }, subscription, options, errors, typed }: CancelFormProps) {
  const schedule = canSchedule(subscription, options)
  const chosen = typed?.effective_at ?? (schedule ? 'next_billing_date' : 'immediately')
  return (
    <fieldset>
      <legend>{i18n.t('portal.cancel.when')}</legend>
      {schedule && subscription.next_billing_date !== null ? (
        <Pick
          name="effective_at"
          value="next_billing_date"
          checked={chosen === 'next_billing_date'}
          title={i18n.t('portal.cancel.at_next_billing_date', { date: i18n.date(subscription.next_billing_date) })}
          note={scheduledNote(i18n, subscription)}
        />
      ) : null}
      <Pick
        name="effective_at"
        value="immediately"
        checked={chosen === 'immediately'}
        title={i18n.t('portal.cancel.now')}
        note={nowNote(i18n, subscription, options)}
      />
      {errors?.effective_at ? <Problem>{i18n.t(errors.effective_at)}</Problem> : null}
    </fieldset>
  )
}

function nowNote(
  i18n: PortalPage['i18n'],
  { status }: SubscriptionSummary,
  { days_left, gives_back, used }: CancellationOptions,
): string {
  const rests = status === 'paused' || status === 'on_hold'
  const { currency, to_method, to_wallet, credit_to_wallet } = gives_back
  const lost = to_method + to_wallet === 0 && days_left !== null && days_left > 0
  const amount = (minor: number) => ({ amount: i18n.money(minor, currency) })
  const wallet = to_wallet + credit_to_wallet
  return [
    lost
      ? daysLost(i18n, rests, days_left)
      : i18n.t(rests ? 'portal.cancel.now_note_resting' : 'portal.cancel.now_note'),
    ...(used > 0 ? [i18n.t('portal.cancel.used', amount(used))] : []),
    ...(to_method > 0 ? [i18n.t('portal.cancel.refunded', amount(to_method))] : []),
    ...(wallet > 0 ? [i18n.t('portal.cancel.to_wallet', amount(wallet))] : []),
  ].join(' ')
}

function daysLost(i18n: PortalPage['i18n'], rests: boolean, count: number): string {
  return i18n.t(rests ? 'portal.cancel.now_note_days_resting' : 'portal.cancel.now_note_days', { count })
}

function scheduledNote(i18n: PortalPage['i18n'], subscription: SubscriptionSummary): string {
  const { next_amount, currency, trial_ends_at, plus_usage } = subscription
  if (trial_ends_at !== null) return i18n.t('portal.cancel.trial_note')
  if (plus_usage) return `${i18n.t('portal.cancel.scheduled_note')} ${i18n.t('portal.cancel.used_until_then')}`
  if (next_amount === null || next_amount === 0) return i18n.t('portal.cancel.scheduled_note')
  return i18n.t('portal.cancel.scheduled_note_amount', { amount: i18n.money(next_amount, currency) })
}
