// What is bought: each line, the tax, what is due now, and what follows.

import type { IntervalUnit, Translator, When } from '#i18n/translator.ts'
import { Money } from '#ui/components/text.tsx'

export interface OrderLine {
  name: string
  description: string | null
  quantity: number
  /** Of the whole line, before exclusive tax; minor units. What a period costs where it recurs. */
  amount: number
  /** Null for what is paid once. */
  recurs: { count: number; unit: IntervalUnit } | null
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
  /** Days before anything is taken; 0 for none. */
  trial_period_days: number
  /** Due today, before exclusive tax; minor units. */
  subtotal: number
  /** Null until the country is known. */
  tax: number | null
  tax_inclusive: boolean
  /** Due today; minor units. */
  total: number
  /** What is taken next; null where nothing renews. */
  renewal: Renewal | null
}

interface OrderSummaryProps {
  i18n: Translator
  order: Order
  /** Nothing is due any more. */
  paid?: boolean
}

export function OrderSummary({ i18n, order, paid = false }: OrderSummaryProps) {
  const { currency } = order
  return (
    <section class="order" aria-labelledby="order">
      <h2 id="order">{i18n.t('checkout.order')}</h2>
      <dl class="sums">
        {order.lines.map((line) => (
          <Line i18n={i18n} line={line} currency={currency} />
        ))}
        {order.trial_period_days > 0 ? (
          <div>
            <dt>{i18n.t('checkout.trial', { count: order.trial_period_days })}</dt>
            <dd>{i18n.t('checkout.free')}</dd>
          </div>
        ) : null}
        <Tax i18n={i18n} order={order} />
        <div class="total">
          <dt>{i18n.t(paid ? 'portal.payment.succeeded' : 'checkout.due_now')}</dt>
          <dd>
            <Money i18n={i18n} amount={order.total} currency={currency} />
          </dd>
        </div>
      </dl>
      {order.renewal === null ? null : <p class="small soft">{renewalText(i18n, order, order.renewal)}</p>}
    </section>
  )
}

function Line({ i18n, line, currency }: { i18n: Translator; line: OrderLine; currency: string }) {
  return (
    <div>
      <dt>
        <bdi>{line.name}</bdi>
        {line.quantity > 1 ? <span class="soft"> × {i18n.number(line.quantity)}</span> : null}
        {line.description ? <small dir="auto">{line.description}</small> : null}
      </dt>
      <dd>
        <Money i18n={i18n} amount={line.amount} currency={currency} />
        {line.recurs ? <small>{i18n.perInterval(line.recurs.count, line.recurs.unit)}</small> : null}
      </dd>
    </div>
  )
}

function Tax({ i18n, order }: { i18n: Translator; order: Order }) {
  if (order.tax === 0) return null
  return (
    <div>
      <dt>{i18n.t(order.tax_inclusive ? 'checkout.tax_included' : 'checkout.tax')}</dt>
      <dd>
        {order.tax === null ? (
          <span class="soft">{i18n.t('checkout.tax_later')}</span>
        ) : (
          <Money i18n={i18n} amount={order.tax} currency={order.currency} />
        )}
      </dd>
    </div>
  )
}

function renewalText(i18n: Translator, order: Order, { at, amount, count, unit }: Renewal): string {
  const price = i18n.price(amount, order.currency, count, unit)
  const date = i18n.date(at)
  return i18n.t(order.trial_period_days > 0 ? 'checkout.starts' : 'checkout.renews', { price, date })
}
