// What is bought: each line, the tax, what is due now, and what follows.

import type { Child } from 'hono/jsx'
import type { IntervalUnit, Translator, When } from '#i18n/translator.ts'
import { Icon } from '#ui/components/icon.tsx'
import { Money } from '#ui/components/text.tsx'

export interface OrderLine {
  name: string
  description: string | null
  /** Address of its small picture, if it has one. */
  thumbnail: string | null
  quantity: number
  /** Of the whole line, before exclusive tax; minor units. What a period costs where it recurs. */
  amount: number
  /** Null for what is paid once. */
  recurs: { count: number; unit: IntervalUnit } | null
}

/** Each rate once. */
export interface OrderTax {
  name: string | null
  /** Per cent. */
  rate: number
  inclusive: boolean
  tax: number
}

export interface Renewal {
  at: When
  /** Tax included; minor units. */
  amount: number
  count: number
  unit: IntervalUnit
}

export interface Order {
  currency: string
  lines: readonly OrderLine[]
  /** What each code takes of what is due today; minor units. */
  discounts: readonly { code: string; amount: number }[]
  /** Days before anything is taken; 0 for none. */
  trial_period_days: number
  /** What the trial costs before discounts and exclusive tax; 0 where it is free. */
  trial_amount: number
  /** Null until the country is known. */
  taxes: readonly OrderTax[] | null
  /** A business of another country of the European Union accounts for its tax. */
  reverse_charge: boolean
  /** Due today; minor units. */
  total: number
  /** What is taken next; null where nothing renews. */
  renewal: Renewal | null
  /** False where it begins with no card. */
  method_required: boolean
  /** What follows is charged when the business asks, to the method that pays now. */
  on_demand: boolean
}

interface OrderSummaryProps {
  i18n: Translator
  order: Order
  /** Nothing is due any more. */
  paid?: boolean
  /** All but the total is folded away until it is asked for. */
  folded?: boolean
  /** Above the lines. */
  choices?: Child
  /** Below the sums. */
  children?: Child
}

export function OrderSummary({ i18n, order, paid = false, folded = false, choices, children }: OrderSummaryProps) {
  const look = order.lines.some(({ thumbnail }) => thumbnail !== null) ? 'sums pictured' : 'sums'
  const lines = <Lines i18n={i18n} order={order} />
  const total = (
    <div class="total">
      <dt>{i18n.t(paid ? 'portal.payment.succeeded' : 'checkout.due_now')}</dt>
      <dd>
        <Money i18n={i18n} amount={order.total} currency={order.currency} />
      </dd>
    </div>
  )
  return (
    <section class="order" aria-labelledby="order">
      <h2 id="order">{i18n.t('checkout.order')}</h2>
      {choices}
      {folded ? (
        <>
          <details class="fold">
            <summary>
              <Icon name="chevron-right" flips />
              {i18n.t('checkout.show_order')}
            </summary>
            <dl class={look}>{lines}</dl>
          </details>
          <dl class="sums">{total}</dl>
        </>
      ) : (
        <dl class={look}>
          {lines}
          {total}
        </dl>
      )}
      {order.renewal === null ? null : <p class="small soft">{renewalText(i18n, order, order.renewal)}</p>}
      {order.on_demand ? <p class="small soft">{i18n.t('checkout.on_demand')}</p> : null}
      {children}
    </section>
  )
}

/** What makes up the total. */
function Lines({ i18n, order }: Pick<OrderSummaryProps, 'i18n' | 'order'>) {
  const { currency } = order
  return (
    <>
      {order.lines.map((line) => (
        <Line i18n={i18n} line={line} currency={currency} />
      ))}
      {order.trial_period_days > 0 ? (
        <div>
          <dt>
            {i18n.t(order.trial_amount > 0 ? 'checkout.paid_trial' : 'checkout.trial', {
              count: order.trial_period_days,
            })}
          </dt>
          <dd>
            {order.trial_amount > 0 ? (
              <Money i18n={i18n} amount={order.trial_amount} currency={currency} />
            ) : (
              i18n.t('checkout.free')
            )}
          </dd>
        </div>
      ) : null}
      {order.discounts.map(({ code, amount }) => (
        <div>
          <dt>
            {i18n.t('checkout.discount')} <bdi>{code}</bdi>
          </dt>
          <dd>
            <Money i18n={i18n} amount={0 - amount} currency={currency} />
          </dd>
        </div>
      ))}
      <Taxes i18n={i18n} order={order} />
      {order.reverse_charge ? (
        <div>
          <dt class="small soft">{i18n.t('checkout.reverse_charge')}</dt>
        </div>
      ) : null}
    </>
  )
}

function Line({ i18n, line, currency }: { i18n: Translator; line: OrderLine; currency: string }) {
  return (
    <div class="bought">
      <dt>
        {line.thumbnail ? (
          <img class="thumb" src={line.thumbnail} alt="" width="48" height="48" loading="lazy" decoding="async" />
        ) : null}
        <span>
          <bdi>{line.name}</bdi>
          {line.quantity > 1 ? <span class="soft"> × {i18n.number(line.quantity)}</span> : null}
          {line.description ? (
            <small>
              <bdi>{line.description}</bdi>
            </small>
          ) : null}
        </span>
      </dt>
      <dd>
        <Money i18n={i18n} amount={line.amount} currency={currency} />
        {line.recurs ? <small>{i18n.perInterval(line.recurs.count, line.recurs.unit)}</small> : null}
      </dd>
    </div>
  )
}

function Taxes({ i18n, order }: { i18n: Translator; order: Order }) {
  if (order.taxes === null) {
    return (
      <div>
        <dt>{i18n.t('checkout.tax')}</dt>
        <dd>
          <span class="soft">{i18n.t('checkout.tax_later')}</span>
        </dd>
      </div>
    )
  }
  return (
    <>
      {order.taxes
        .filter(({ tax }) => tax !== 0)
        .map((each) => (
          <div>
            <dt>{taxLabel(i18n, each)}</dt>
            <dd>
              <Money i18n={i18n} amount={each.tax} currency={order.currency} />
            </dd>
          </div>
        ))}
    </>
  )
}

function taxLabel(i18n: Translator, { name, rate, inclusive }: OrderTax): string {
  const named = { name: name ?? i18n.t('checkout.tax'), rate: i18n.percent(rate) }
  return inclusive ? i18n.t('invoice.tax_named_included', named) : i18n.t('invoice.tax_named', named)
}

function renewalText(i18n: Translator, order: Order, { at, amount, count, unit }: Renewal): string {
  const price = i18n.price(amount, order.currency, count, unit)
  const date = i18n.date(at)
  if (order.trial_period_days === 0) return i18n.t('checkout.renews', { price, date })
  return i18n.t(order.trial_amount > 0 ? 'checkout.starts_paid' : 'checkout.starts', { price, date })
}
