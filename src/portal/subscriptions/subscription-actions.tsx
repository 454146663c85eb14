// What can be done about a subscription, the likeliest first. What is not allowed says why, or whom to ask.

import type { Child } from 'hono/jsx'
import { isOverdue } from '#billing/status.ts'
import { type CancellationOptions, canCancel } from '#portal/cancellation/cancel-form.tsx'
import type { PauseOptions } from '#portal/pausing/pause-form.tsx'
import type { PortalPage } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { ResubscribeButton } from './resubscribe-button.tsx'
import { isPast, type SubscriptionSummary } from './subscription-summary.tsx'

export interface ActionsProps {
  page: PortalPage
  subscription: SubscriptionSummary
  cancellation: CancellationOptions
  pause: PauseOptions
}

export function Actions(props: ActionsProps) {
  const { page, subscription } = props
  if (isPast(subscription)) {
    return (
      <div class="deeds">
        <ResubscribeButton page={page} subscription={subscription} look="primary" />
      </div>
    )
  }
  return (
    <div class="deeds">
      {subscription.cancel_at_next_billing_date ? <Keep page={page} subscription={subscription} /> : null}
      <ChangePlan {...props} />
      {props.pause.refused === null ? <Pause {...props} /> : null}
      <Cancel {...props} />
    </div>
  )
}

/** Which plans there are, or why it stays as it is, is for the next page to say. */
function ChangePlan({ page, subscription }: ActionsProps) {
  const { i18n, urls, business } = page
  const { status, cancel_at_next_billing_date, subscription_id, on_demand } = subscription
  if (on_demand || status === 'paused' || status === 'pending' || isOverdue(status) || cancel_at_next_billing_date)
    return null
  return (
    <ButtonLink href={urls.portal.planChange(business.business_id, subscription_id)} look="primary" prefetch>
      {i18n.t('portal.subscription.change_plan')}
    </ButtonLink>
  )
}

function Pause({ page, subscription }: ActionsProps) {
  const { i18n, urls, business } = page
  return (
    <ButtonLink href={urls.portal.pause(business.business_id, subscription.subscription_id)} dialog="pause">
      {i18n.t('portal.pause.open_form')}
    </ButtonLink>
  )
}

/** A scheduled cancellation is taken back, whatever the business allows. */
function Keep({ page, subscription }: Pick<ActionsProps, 'page' | 'subscription'>) {
  const { i18n, urls, business } = page
  return (
    <PostForm page={page} action={urls.portal.cancellationUndo(business.business_id, subscription.subscription_id)}>
      <Button look="primary">{i18n.t('portal.cancel.keep')}</Button>
    </PostForm>
  )
}

function Cancel({ page, subscription, cancellation }: ActionsProps): Child {
  const { i18n, urls, business } = page
  if (canCancel(subscription, cancellation)) {
    return (
      <ButtonLink
        href={urls.portal.cancellation(business.business_id, subscription.subscription_id)}
        dialog="cancel"
        look="quiet"
      >
        {i18n.t(subscription.cancel_at_next_billing_date ? 'portal.cancel.open_now' : 'portal.cancel.open')}
      </ButtonLink>
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
