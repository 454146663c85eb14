// What is owed, line by line: what it is for, which time it covers, tax, what credit pays of it, and what is left to pay.
import type { Translator, When } from '#i18n/translator.ts'
import { Money } from './text.tsx'

/** Amounts in minor units. */
export interface OwedSums {
  currency: string
  /** `told`: the description is a sentence of ours, with the merchant's words isolated in it. */
  lines: readonly { description: string; quantity: number; amount: number; told?: boolean }[]
  /** What it covers if it is paid now; null where it covers no time. */
  period: { start: When; end: When } | null
  tax: number
  tax_inclusive: boolean
  own_funds: number
  /** For the payment method. */
  left: number
}

interface OwedLinesProps {
  i18n: Translator
  sums: OwedSums
  /** What is owed, unless it is something else. */
  title?: string
}

export function OwedLines({ i18n, sums, title = i18n.t('pay.owed') }: OwedLinesProps) {
  const { currency, tax, own_funds, period } = sums
  return (
    <section class="order" aria-labelledby="owed">
      <h2 id="owed">{title}</h2>
      <dl class="sums">
        {sums.lines.map((line, position) => (
          <div>
            <dt>
              {line.told === true ? line.description : <bdi>{line.description}</bdi>}
              {line.quantity > 1 ? <span class="soft"> × {i18n.number(line.quantity)}</span> : null}
              {position === 0 && period !== null ? (
                <small>{i18n.t('pay.covers', { period: i18n.period(period.start, period.end) })}</small>
              ) : null}
            </dt>
            <dd>
              <Money i18n={i18n} amount={line.amount} currency={currency} />
            </dd>
          </div>
        ))}
        {tax === 0 ? null : (
          <div>
            <dt>{i18n.t(sums.tax_inclusive ? 'checkout.tax_included' : 'checkout.tax')}</dt>
            <dd>
              <Money i18n={i18n} amount={tax} currency={currency} />
            </dd>
          </div>
        )}
        {own_funds === 0 ? null : (
          <div>
            <dt>{i18n.t('pay.own_funds')}</dt>
            <dd>
              <Money i18n={i18n} amount={-own_funds} currency={currency} />
            </dd>
          </div>
        )}
        <div class="total">
          <dt>{i18n.t('pay.total')}</dt>
          <dd>
            <Money i18n={i18n} amount={sums.left} currency={currency} />
          </dd>
        </div>
      </dl>
    </section>
  )
}
