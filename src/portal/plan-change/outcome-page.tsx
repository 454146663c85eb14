// What came of a change, where it is not simply done: never the one for the other, and never a second button to pay.
import type { Child } from 'hono/jsx'
import type { When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Icon, type IconName } from '#ui/components/icon.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import type { Tone } from '#ui/components/tag.tsx'
import { declineText } from '#ui/decline-text.ts'
import type { Outcome } from './outcome.ts'

export interface OutcomePageProps {
  page: PortalPage
  subscription: { subscription_id: string; product_name: string }
  outcome: Outcome
  /** What it changes to. */
  product_name: string
  effective_at: When
  /** What the payment method was asked for. */
  paid: { amount: number; currency: string } | null
  error_code: string | null
  /** The page of the bank. */
  bank_href: string | null
  here: string
  return_href: string
  stop_href: string
  /** Where what is owed can be paid. */
  pay_href: string | null
  undoable: boolean
}

const signs: Record<Outcome, [Tone, IconName]> = {
  made: ['ok', 'check'],
  scheduled: ['ok', 'calendar-clock'],
  bank: ['wait', 'lock'],
  checking: ['wait', 'clock'],
  declined: ['bad', 'circle-alert'],
  unpaid: ['bad', 'circle-alert'],
  undone: ['dim', 'undo-2'],
  dropped: ['dim', 'info'],
}

export function OutcomePage(props: OutcomePageProps) {
  const { page, subscription, outcome } = props
  const { i18n, urls, business } = page
  const href = urls.portal.subscription(business.business_id, subscription.subscription_id)
  const title = i18n.t(`portal.plan.outcome.${outcome}`)
  const [tone, icon] = signs[outcome]
  return (
    <Shell page={page} section="subscriptions" title={title} back={{ href, label: subscription.product_name }}>
      <div class="measure">
        <span class={`sign ${tone}`}>
          <Icon name={icon} size={22} />
        </span>
        <div class="head">
          <h1>{title}</h1>
          {reasonOf(props)}
          <p class="soft">{textOf(props)}</p>
        </div>
        <div class="ways">{waysOf(props, href)}</div>
      </div>
    </Shell>
  )
}

function reasonOf({ page: { i18n }, outcome, error_code }: OutcomePageProps): Child {
  return outcome === 'declined' || outcome === 'unpaid' ? <p>{declineText(i18n, error_code)}</p> : null
}

function textOf({ page: { i18n }, subscription, outcome, product_name, effective_at, paid }: OutcomePageProps): string {
  return i18n.t(`portal.plan.outcome.${outcome}_text`, {
    product: product_name,
    current: subscription.product_name,
    date: i18n.date(effective_at),
    amount: paid === null ? '' : i18n.money(paid.amount, paid.currency),
  })
}

function waysOf(props: OutcomePageProps, home: string): Child {
  const { page, subscription, outcome } = props
  const { i18n, urls, business } = page
  const { subscription_id } = subscription
  const method = urls.portal.subscriptionPaymentMethod(business.business_id, subscription_id)
  switch (outcome) {
    case 'bank':
      return <BankWays {...props} />
    case 'checking':
      return (
        <ButtonLink href={props.return_href} look="primary" wide>
          {i18n.t('checkout.checking.again')}
        </ButtonLink>
      )
    case 'declined':
      return (
        <>
          <ButtonLink href={method} look="primary" wide>
            {i18n.t('portal.plan.method.change')}
          </ButtonLink>
          <ButtonLink href={urls.portal.planChange(business.business_id, subscription_id)} wide>
            {i18n.t('portal.plan.again')}
          </ButtonLink>
        </>
      )
    case 'unpaid':
      return <UnpaidWays {...props} />
    default:
      return (
        <ButtonLink href={home} look="primary" wide>
          {i18n.t('portal.plan.back')}
        </ButtonLink>
      )
  }
}

function BankWays({ page, bank_href, stop_href }: OutcomePageProps) {
  const { i18n } = page
  return (
    <>
      {bank_href === null ? null : (
        <ButtonLink href={bank_href} look="primary" wide>
          {i18n.t('portal.plan.to_bank')}
        </ButtonLink>
      )}
      <PostForm page={page} action={stop_href}>
        <Button wide>{i18n.t('portal.plan.stop')}</Button>
      </PostForm>
    </>
  )
}

function UnpaidWays({ page, subscription, pay_href, paid, undoable }: OutcomePageProps) {
  const { i18n, urls, business } = page
  const { subscription_id } = subscription
  const amount = paid === null ? '' : i18n.money(paid.amount, paid.currency)
  return (
    <>
      {pay_href === null ? null : (
        <ButtonLink href={pay_href} look="primary" wide>
          {i18n.t('portal.dues.pay', { amount })}
        </ButtonLink>
      )}
      {undoable ? (
        <PostForm page={page} action={urls.portal.unpaidChangeUndo(business.business_id, subscription_id)}>
          <Button wide>{i18n.t('portal.plan.undo')}</Button>
        </PostForm>
      ) : null}
    </>
  )
}
