// The arithmetic of a change, line by line, so that anybody can follow it to the total.
import type { Child } from 'hono/jsx'
import type { IntervalUnit, Translator } from '#i18n/translator.ts'
import { Money } from '#ui/components/text.tsx'

export interface SumLine {
  name: string
  quantity: number
  gives_back: boolean
  /** What a whole period costs, before discounts; minor units. */
  whole: { amount: number; count: number; interval: IntervalUnit }
  /** Days of the running period that it is for; null for a whole one. */
  share: { left: number; of: number } | null
  /** Minor units, negative where it gives back. */
  amount: number
}

export interface QuotedSums {
  currency: string
  lines: SumLine[]
  discounts: { code: string; amount: number }[]
  taxes: { name: string | null; rate: number; inclusive: boolean; tax: number }[]
  credit_applied: number
  wallet_applied: number
  /** Too small to be charged now. */
  carried: number
  credit_granted: number
  /** Asked of the payment method. */
  total: number
}

export function QuoteSums({ i18n, sums, children }: { i18n: Translator; sums: QuotedSums; children?: Child }) {
  const { currency } = sums
  const row = (label: Child, amount: number) => (
    <div>
      <dt>{label}</dt>
      <dd>
        <Money i18n={i18n} amount={amount} currency={currency} />
      </dd>
    </div>
  )
  return (
    <section class="order" aria-labelledby="sums">
      <h2 id="sums">{i18n.t('portal.plan.sums')}</h2>
      <dl class="sums">
        {sums.lines.map((line) => row(<Label i18n={i18n} line={line} currency={currency} />, line.amount))}
        {sums.discounts.map(({ code, amount }) =>
          row(
            <>
              {i18n.t('checkout.discount')} <bdi>{code}</bdi>
            </>,
            -amount,
          ),
        )}
        {sums.taxes.map(({ name, rate, inclusive, tax }) => {
          const named = { name: name ?? i18n.t('checkout.tax'), rate: i18n.percent(rate) }
          return row(i18n.t(inclusive ? 'invoice.tax_named_included' : 'invoice.tax_named', named), tax)
        })}
        {sums.credit_applied > 0 ? row(i18n.t('portal.plan.sum.credit'), -sums.credit_applied) : null}
        {sums.wallet_applied > 0 ? row(i18n.t('portal.plan.sum.wallet'), -sums.wallet_applied) : null}
        {sums.carried > 0 ? row(i18n.t('portal.plan.sum.carried'), -sums.carried) : null}
        <div class="total">
          <dt>{i18n.t(sums.credit_granted > 0 ? 'portal.plan.sum.credited' : 'checkout.due_now')}</dt>
          <dd>
            <Money
              i18n={i18n}
              amount={sums.credit_granted > 0 ? sums.credit_granted : sums.total}
              currency={currency}
            />
          </dd>
        </div>
      </dl>
      {sums.credit_granted > 0 ? <p class="small soft">{i18n.t('portal.plan.sum.credited_note')}</p> : null}
      {children}
    </section>
  )
}

/** "Unused 15 of 30 days of Pro", and what those days are a part of. */
function Label({ i18n, line, currency }: { i18n: Translator; line: SumLine; currency: string }) {
  const { name, share, whole, quantity } = line
  const units = quantity > 1 ? i18n.t('portal.plan.line.units', { name, count: i18n.number(quantity) }) : name
  return (
    <>
      {textOf(i18n, line, units)}
      {share === null ? null : <small>{i18n.price(whole.amount, currency, whole.count, whole.interval)}</small>}
    </>
  )
}

function textOf(i18n: Translator, { gives_back, share, whole }: SumLine, name: string): string {
  if (share === null) {
    return gives_back
      ? i18n.t('portal.plan.line.paid', { name })
      : i18n.t('portal.plan.line.whole', { name, interval: i18n.interval(whole.count, whole.interval) })
  }
  const days = { name, left: i18n.number(share.left), of: share.of }
  return i18n.t(gives_back ? 'portal.plan.line.unused' : 'portal.plan.line.part', days)
}
