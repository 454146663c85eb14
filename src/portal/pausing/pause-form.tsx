// Pausing: until when, and what becomes of access and money. The same form in a dialog and on a page of its own.

import type { Child } from 'hono/jsx'
import type { PauseDecision } from '#billing/pause.ts'
import type { When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Pick, Problem } from '#ui/components/field.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { FormErrors } from '#ui/parse-form.ts'
import type { PauseLength, PausingField } from './pausing-form.ts'

export interface PauseOptions {
  /** Why it cannot be paused; null where it can. */
  refused: 'forbidden' | Extract<PauseDecision, { type: 'refused' }>['reason'] | null
  choices: readonly PauseChoice[]
  /** For what was used so far, in minor units. */
  charged_now: number
  currency: string
  metered: boolean
  /** Whether the visitor may end a pause. */
  may_resume: boolean
}

interface PauseChoice {
  length: PauseLength
  /** Null: until somebody ends it. */
  resumes_at: When | null
  /** When it then renews next. */
  next_billing_date: When | null
}

export interface PauseFormProps {
  page: PortalPage
  subscription: SubscriptionSummary
  options: PauseOptions
  errors?: FormErrors<PausingField>
}

export function PauseDialog(props: PauseFormProps) {
  const { i18n } = props.page
  return (
    <dialog id="pause" aria-labelledby="pause-title" closedby="any">
      <div class="head">
        <h2 id="pause-title">{i18n.t('portal.pause.title', { product: props.subscription.product_name })}</h2>
        <PauseForm
          {...props}
          keep={
            <button type="submit" class="btn" formmethod="dialog" formnovalidate>
              {i18n.t('portal.pause.keep')}
            </button>
          }
        />
      </div>
    </dialog>
  )
}

export function PauseFormWithLink(props: PauseFormProps) {
  const { i18n, urls, business } = props.page
  const href = urls.portal.subscription(business.business_id, props.subscription.subscription_id)
  return <PauseForm {...props} keep={<ButtonLink href={href}>{i18n.t('portal.pause.keep')}</ButtonLink>} />
}

function PauseForm({ page, subscription, options, errors = {}, keep }: PauseFormProps & { keep: Child }) {
  const { i18n, urls, business } = page
  return (
    <PostForm page={page} action={urls.portal.pause(business.business_id, subscription.subscription_id)}>
      <ul class="effects">
        {effectsOf(page, options).map((effect) => (
          <li>{effect}</li>
        ))}
      </ul>
      {errors.form ? <Problem>{i18n.t(errors.form)}</Problem> : null}
      <fieldset>
        <legend>{i18n.t('portal.pause.until')}</legend>
        {options.choices.map((choice, at) => (
          <Pick
            name="until"
            value={choice.length}
            checked={at === 0}
            title={titleOf(page, choice)}
            note={noteOf(page, choice)}
          />
        ))}
        {errors.until ? <Problem>{i18n.t(errors.until)}</Problem> : null}
      </fieldset>
      <div class="actions">
        {keep}
        <Button look="primary">{i18n.t('portal.pause.confirm')}</Button>
      </div>
    </PostForm>
  )
}

/** What a pause does, said before it is chosen. */
function effectsOf({ i18n }: PortalPage, { charged_now, currency, metered }: PauseOptions): string[] {
  return [
    i18n.t('portal.pause.access'),
    charged_now > 0
      ? i18n.t('portal.pause.money_used', { amount: i18n.money(charged_now, currency) })
      : i18n.t('portal.pause.money'),
    ...(metered ? [i18n.t('portal.pause.usage')] : []),
  ]
}

function titleOf({ i18n }: PortalPage, { length, resumes_at }: PauseChoice): string {
  if (resumes_at === null) return i18n.t('portal.pause.open')
  return i18n.t('portal.pause.for', { length: i18n.interval(Number(length), 'Month'), date: i18n.date(resumes_at) })
}

function noteOf({ i18n }: PortalPage, { next_billing_date }: PauseChoice): string {
  if (next_billing_date === null) return i18n.t('portal.pause.open_note')
  return i18n.t('portal.pause.for_note', { date: i18n.date(next_billing_date) })
}
