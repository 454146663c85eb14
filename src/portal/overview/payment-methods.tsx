import { isolate } from '#i18n/message.ts'
import type { Translator, When } from '#i18n/translator.ts'
import { expiryOf, MethodLogo, type PaymentMethod, paymentMethodName } from '#ui/components/payment-method.tsx'
import { EmptyState } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'

export interface SavedMethod extends PaymentMethod {
  payment_method_id: string
  is_default: boolean
  /** Names of the subscriptions it pays. */
  used_by: readonly string[]
}

interface PaymentMethodsProps {
  i18n: Translator
  methods: readonly SavedMethod[]
  now: When
}

export function PaymentMethods({ i18n, methods, now }: PaymentMethodsProps) {
  return (
    <section aria-labelledby="methods">
      <h2 id="methods">{i18n.t('portal.methods.title')}</h2>
      {methods.length === 0 ? (
        <EmptyState icon="credit-card" title={i18n.t('portal.methods.none')}>
          <p>{i18n.t('portal.methods.none_text')}</p>
        </EmptyState>
      ) : (
        <ul class="list">
          {methods.map((method) => (
            <Method i18n={i18n} method={method} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Method({ i18n, method, now }: { i18n: Translator; method: SavedMethod; now: When }) {
  const expiry = expiryOf(method)
  const left = monthsLeft(method, now)
  const facts = [
    expiry === null ? null : i18n.t(left < 0 ? 'portal.methods.expired' : 'portal.methods.expires', { date: expiry }),
    method.used_by.length > 0
      ? i18n.t('portal.methods.pays', { names: i18n.list(method.used_by.map((name) => isolate(name, i18n.dir))) })
      : i18n.t('portal.methods.unused'),
  ]
  return (
    <li class="item">
      <MethodLogo method={method} />
      <div class="grow">
        <p class="cluster">
          <b>
            <bdi>{paymentMethodName(i18n, method)}</bdi>
          </b>
          {left < 0 ? <Tag tone="bad">{i18n.t('portal.methods.tag_expired')}</Tag> : null}
          {left >= 0 && left <= SOON ? <Tag tone="wait">{i18n.t('portal.methods.tag_soon')}</Tag> : null}
          {method.is_default ? <Tag>{i18n.t('portal.methods.tag_default')}</Tag> : null}
        </p>
        <p class="small soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
    </li>
  )
}

/** A card is good to the end of its month: with 1 month left it ends with the next month. */
const SOON = 1

function monthsLeft({ expiry_year, expiry_month }: SavedMethod, now: When): number {
  if (expiry_year === null || expiry_month === null) return Number.POSITIVE_INFINITY
  const today = yearMonthOf(now)
  return (expiry_year - today.year) * 12 + expiry_month - today.month
}

function yearMonthOf(now: When): { year: number; month: number } {
  if (now instanceof Temporal.PlainDate) return now
  const instant = typeof now === 'number' ? Temporal.Instant.fromEpochMilliseconds(now) : Temporal.Instant.from(now)
  return instant.toZonedDateTimeISO('UTC')
}
