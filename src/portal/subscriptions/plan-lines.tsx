// What a subscription is made of: the plan, its add-ons, what is taken off, the tax, and what the next period then costs.

import type { Translator } from '#i18n/translator.ts'
import { Money } from '#ui/components/text.tsx'
import type { SubscriptionSummary } from './subscription-summary.tsx'

export interface SubscriptionLine {
  name: string
  quantity: number
  /** Minor units. */
  unit_price: number
}

/** What the next invoice has besides its lines. Minor units. */
export interface PlanExtras {
  discounts: readonly PlanDiscount[]
  /** Added to the price; 0 where none is, or where it is in the price. */
  tax_added: number
  /** In the price. */
  tax_included: number
}

interface PlanDiscount {
  code: string
  /** What it takes of the next payment; 0 where that is not known. */
  amount: number
  /** Basis points; null for a flat amount. */
  percentage: number | null
  /** Whole periods it still holds for; null: all. */
  periods_left: number | null
}

interface PlanLinesProps {
  i18n: Translator
  subscription: SubscriptionSummary
  lines: readonly SubscriptionLine[]
  extras: PlanExtras
}

export function PlanLines({ i18n, subscription, lines, extras }: PlanLinesProps) {
  const { currency, on_demand } = subscription
  return (
    <>
      {lines.map((line) => (
        <div class="row">
          <span>
            <bdi>{line.name}</bdi> <span class="soft">× {i18n.number(line.quantity)}</span>
            {line.quantity > 1 && !on_demand ? (
              <small>{i18n.t('portal.details.each', { price: i18n.money(line.unit_price, currency) })}</small>
            ) : null}
          </span>
          {on_demand ? null : <Money i18n={i18n} amount={line.unit_price * line.quantity} currency={currency} />}
        </div>
      ))}
      {extras.discounts.map((discount) => (
        <div class="row">
          <span>
            <bdi class="code">{discount.code}</bdi>
            <small>{discountText(i18n, discount)}</small>
          </span>
          {discount.amount > 0 ? <Money i18n={i18n} amount={-discount.amount} currency={currency} /> : null}
        </div>
      ))}
      {extras.tax_added > 0 ? (
        <div class="row">
          <span class="soft">{i18n.t('portal.details.tax')}</span>
          <Money i18n={i18n} amount={extras.tax_added} currency={currency} />
        </div>
      ) : null}
      {extras.tax_included > 0 ? (
        <p class="soft">
          {i18n.t('portal.details.tax_included', { amount: i18n.money(extras.tax_included, currency) })}
        </p>
      ) : null}
    </>
  )
}

function discountText(i18n: Translator, { percentage, periods_left: count }: PlanDiscount): string {
  const forever = count === null
  if (percentage === null) {
    return forever ? i18n.t('portal.details.discount') : i18n.t('portal.details.discount_left', { count })
  }
  const percent = i18n.percent(percentage / 100)
  return forever
    ? i18n.t('portal.details.percent_off', { percent })
    : i18n.t('portal.details.percent_off_left', { percent, count })
}
