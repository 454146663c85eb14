// The saved methods: on the overview as a list, on their own page with what can be done about them.
import type { Child } from 'hono/jsx'
import { isolate } from '#i18n/message.ts'
import type { Translator, When } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
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
  page: PortalPage
  methods: readonly SavedMethod[]
  now: When
}

export function PaymentMethods({ page, methods, now }: PaymentMethodsProps) {
  const { i18n, urls, business } = page
  return (
    <section aria-labelledby="methods">
      <div class="row">
        <h2 id="methods">{i18n.t('portal.methods.title')}</h2>
        <a href={urls.portal.paymentMethods(business.business_id)} data-prefetch>
          {i18n.t('portal.methods.manage')}
        </a>
      </div>
      {methods.length === 0 ? (
        <NoMethods i18n={i18n} />
      ) : (
        <ul class="list">
          {methods.map((method) => (
            <MethodItem i18n={i18n} method={method} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}

export function NoMethods({ i18n, children }: { i18n: Translator; children?: Child }) {
  return (
    <EmptyState icon="credit-card" title={i18n.t('portal.methods.none')}>
      <p>{i18n.t('portal.methods.none_text')}</p>
      {children}
    </EmptyState>
  )
}

interface MethodItemProps {
  i18n: Translator
  method: SavedMethod
  now: When
  /** What can be done about it. */
  children?: Child
}

export function MethodItem({ i18n, method, now, children }: MethodItemProps) {
  const facts = [
    expiryText(i18n, method, now),
    method.used_by.length > 0
      ? i18n.t('portal.methods.pays', { names: i18n.list(method.used_by.map((name) => isolate(name, i18n.dir))) })
      : i18n.t('portal.methods.unused'),
  ]
  return (
    <li class={children ? 'item acts' : 'item'}>
      <MethodLogo method={method} />
      <div class="grow">
        <p class="cluster">
          <b>
            <bdi>{paymentMethodName(i18n, method)}</bdi>
          </b>
          <MethodTags i18n={i18n} method={method} now={now} />
        </p>
        <p class="small soft">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
      {children}
    </li>
  )
}

interface MethodTagsProps {
  i18n: Translator
  method: PaymentMethod & { is_default: boolean }
  now: When
}

export function MethodTags({ i18n, method, now }: MethodTagsProps) {
  const left = monthsLeft(method, now)
  return (
    <>
      {left < 0 ? <Tag tone="bad">{i18n.t('portal.methods.tag_expired')}</Tag> : null}
      {left >= 0 && left <= SOON ? <Tag tone="wait">{i18n.t('portal.methods.tag_soon')}</Tag> : null}
      {method.is_default ? <Tag>{i18n.t('portal.methods.tag_default')}</Tag> : null}
    </>
  )
}

/** "Expires 12/2028"; null where nothing expires. */
export function expiryText(i18n: Translator, method: PaymentMethod, now: When): string | null {
  const date = expiryOf(method)
  return date === null
    ? null
    : i18n.t(hasExpired(method, now) ? 'portal.methods.expired' : 'portal.methods.expires', { date })
}

/** A card is good to the end of its month: with 1 month left it ends with the next month. */
const SOON = 1

export function hasExpired(method: PaymentMethod, now: When): boolean {
  return monthsLeft(method, now) < 0
}

function monthsLeft({ expiry_year, expiry_month }: PaymentMethod, now: When): number {
  if (expiry_year === null || expiry_month === null) return Number.POSITIVE_INFINITY
  const today = yearMonthOf(now)
  return (expiry_year - today.year) * 12 + expiry_month - today.month
}

function yearMonthOf(now: When): { year: number; month: number } {
  if (now instanceof Temporal.PlainDate) return now
  const instant = typeof now === 'number' ? Temporal.Instant.fromEpochMilliseconds(now) : Temporal.Instant.from(now)
  return instant.toZonedDateTimeISO('UTC')
}
