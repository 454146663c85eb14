// A subscription's story: what will happen (and can be undone), today, what happened.

import type { Child } from 'hono/jsx'
import type { Translator, When } from '#i18n/translator.ts'
import { Icon } from '#ui/components/icon.tsx'
import { DateText, Money } from '#ui/components/text.tsx'
import { declineText } from '#ui/decline-text.ts'

interface Paid {
  /** Minor units. */
  amount: number
  currency: string
}

export interface Upcoming extends Partial<Paid> {
  kind:
    | 'renewal'
    | 'trial_end'
    | 'retry'
    | 'change'
    /** It happens only if the cancellation is taken back. */
    | 'change_suspended'
    /** A change that nobody pays for lapses. */
    | 'change_lapses'
    | 'cancellation'
    | 'grace_ends'
    | 'grace_cancels'
    | 'expiry'
    | 'resume'
    /** Paused until somebody ends it. */
    | 'resume_open'
  /** Null: once it has resumed. */
  at: When | null
  /** What is used until then is charged with it. */
  plus_usage?: boolean
  /** Of a change: the plan it leads to. */
  product?: string
  /** Since when it is planned. */
  asked_at?: When
  /** Of a pause: whether the visitor may end it. */
  may_resume?: boolean
}

export type Happened =
  | { kind: 'started' | 'trial_started' | 'on_hold' | 'reactivated' | 'cancelled' | 'expired'; at: When }
  | { kind: 'cancellation_scheduled' | 'cancellation_undone' | 'change_undone'; at: When }
  | { kind: 'paused' | 'resumed'; at: When }
  | { kind: 'past_due' | 'scheduled_change_undone' | 'offer_accepted'; at: When }
  | { kind: 'change_failed' | 'change_expired' | 'credit_moved'; at: When }
  /** The plan or the payment method it leads to; null where that is not there any more. */
  | { kind: 'plan_changed' | 'change_scheduled' | 'method_changed'; at: When; name: string | null }
  | ({ kind: 'paid'; at: When; invoice: { number: string; href: string } | null; own_funds: number } & Paid)
  | ({ kind: 'payment_failed'; at: When; error_code: string | null } & Paid)
  | ({ kind: 'payment_processing'; at: When } & Paid)
  | ({ kind: 'refunded'; at: When } & Paid)

interface TimelineProps {
  i18n: Translator
  /** Latest first. */
  upcoming: readonly Upcoming[]
  now: When
  /** Latest first. */
  happened: readonly Happened[]
  /** Where to read on, if what happened before is not told here. */
  earlier_href: string | null
  /** Why a payment was declined, where the page says so above. */
  told?: string | null
  /** What takes an item back, if anything does. */
  undo: (item: Upcoming) => Child
}

const SHOWN = 6

export function Timeline({ i18n, upcoming, now, happened, earlier_href, told = null, undo }: TimelineProps) {
  const reasons = reasonsOf(i18n, happened, told)
  return (
    <ol class="timeline">
      {upcoming.map((item) => (
        <Item
          i18n={i18n}
          look="future"
          at={item.at}
          undated={i18n.t(
            item.kind === 'resume_open' ? 'portal.timeline.when_you_say' : 'portal.timeline.once_resumed',
          )}
          end={<End i18n={i18n} item={item} undo={undo} />}
        >
          {i18n.t(`portal.timeline.will.${item.kind}`, { product: item.product ?? '' })}
          {item.asked_at === undefined ? null : (
            <small>{i18n.t('portal.timeline.asked_on', { date: i18n.date(item.asked_at) })}</small>
          )}
        </Item>
      ))}
      <Item i18n={i18n} look="now" at={now}>
        {i18n.t('portal.timeline.today')}
      </Item>
      {happened.slice(0, SHOWN).map((item) => (
        <Past i18n={i18n} item={item} reason={reasons.get(item)} />
      ))}
      {happened.length > SHOWN ? (
        <li class="past fold-line">
          <details class="fold">
            <summary>
              <Icon name="chevron-right" flips />
              {i18n.t('portal.timeline.earlier')}{' '}
              {earlier_href === null ? <span class="count">{happened.length - SHOWN}</span> : null}
            </summary>
            <ol class="timeline">
              {happened.slice(SHOWN).map((item) => (
                <Past i18n={i18n} item={item} reason={reasons.get(item)} />
              ))}
            </ol>
            {earlier_href === null ? null : (
              <p>
                <a href={earlier_href}>{i18n.t('portal.timeline.all_payments')}</a>
              </p>
            )}
          </details>
        </li>
      ) : null}
    </ol>
  )
}

/** Of declined payments; one reason that several have in a row is said at the latest of them. */
function reasonsOf(i18n: Translator, happened: readonly Happened[], told: string | null): Map<Happened, string> {
  let said = told
  const reasons = new Map<Happened, string>()
  for (const item of happened) {
    if (item.kind !== 'payment_failed') continue
    const reason = declineText(i18n, item.error_code)
    if (reason !== said) reasons.set(item, reason)
    said = reason
  }
  return reasons
}

function Past({ i18n, item, reason }: { i18n: Translator; item: Happened; reason: string | undefined }) {
  return (
    <Item i18n={i18n} look="past" at={item.at} end={<Amount i18n={i18n} item={item} />}>
      {deedText(i18n, item)}
      {item.kind === 'paid' && item.invoice ? (
        <>
          {' · '}
          <a href={item.invoice.href}>
            {i18n.t('portal.timeline.invoice')} <bdi>{item.invoice.number}</bdi>
          </a>
        </>
      ) : null}
      {item.kind === 'paid' && item.own_funds > 0 ? (
        <small>{i18n.t('portal.payment.own_funds', { amount: i18n.money(item.own_funds, item.currency) })}</small>
      ) : null}
      {reason === undefined ? null : <small>{reason}</small>}
    </Item>
  )
}

function End({ i18n, item, undo }: Pick<TimelineProps, 'i18n' | 'undo'> & { item: Upcoming }) {
  return (
    <>
      <Amount i18n={i18n} item={item} />
      {undo(item)}
    </>
  )
}

function deedText(i18n: Translator, item: Happened): string {
  if ('name' in item && item.name !== null) return i18n.t(`portal.timeline.did.${item.kind}_to`, { name: item.name })
  return i18n.t(`portal.timeline.did.${item.kind}`)
}

function Amount({ i18n, item }: { i18n: Translator; item: Upcoming | Happened }) {
  if (!('amount' in item) || item.amount === undefined || item.currency === undefined) return null
  if ('plus_usage' in item && item.plus_usage) {
    const amount = i18n.money(item.amount, item.currency)
    return <bdi class="num">{i18n.t('portal.timeline.amount_plus_usage', { amount })}</bdi>
  }
  return <Money i18n={i18n} amount={item.kind === 'refunded' ? -item.amount : item.amount} currency={item.currency} />
}

interface ItemProps {
  i18n: Translator
  look: 'future' | 'now' | 'past'
  at: When | null
  /** What is said in place of a date. */
  undated?: string
  end?: Child
  children: Child
}

function Item({ i18n, look, at, undated, end, children }: ItemProps) {
  return (
    <li class={look}>
      <div>
        {children}
        <small>{at === null ? undated : <DateText i18n={i18n} when={at} />}</small>
      </div>
      {end}
    </li>
  )
}
