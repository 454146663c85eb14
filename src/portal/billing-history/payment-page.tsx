// One payment: what it was for, how it was paid, and the papers that belong to it.
import type { When } from '#i18n/translator.ts'
import { type Notice, NoticeBanner } from '#portal/notice.tsx'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { ButtonLink } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { Money } from '#ui/components/text.tsx'
import { declineText } from '#ui/decline-text.ts'
import { type BillingRow, broughtBy, describePayment, PaymentTitle } from './billing-table.tsx'
import { PaymentTag } from './payment-tag.tsx'

export interface PaidLine {
  description: string
  quantity: number
  /** Minor units, before tax that is added. */
  amount: number
  /** RFC 3339, half-open; null for what was bought once. */
  period_start: When | null
  period_end: When | null
}

export interface PaymentSums {
  discounts: readonly { code: string; amount: number }[]
  taxes: readonly { name: string | null; rate: number; inclusive: boolean; tax: number }[]
  credit_applied: number
  wallet_applied: number
}

export interface PaymentPageProps {
  page: PortalPage
  notice: Notice | null
  /** The list one came from, as it was filtered. */
  list_href: string
  payment: BillingRow
  subscription_id: string | null
  lines: readonly PaidLine[]
  /** Null where nothing was invoiced. */
  sums: PaymentSums | null
  /** "Visa •••• 4242"; null where nothing had to be paid. */
  method: string | null
  /** Number of the document with the details as they should have been. */
  correction: string | null
  credit_notes: readonly { credit_note_id: string; number: string; total: number }[]
}

export function PaymentPage(props: PaymentPageProps) {
  const { page, payment, notice } = props
  const { i18n } = page
  const title = describePayment(i18n, payment)
  return (
    <Shell
      page={page}
      section="billing_history"
      title={title}
      back={{ href: props.list_href, label: i18n.t('portal.nav.billing_history') }}
    >
      <div class="head">
        <div class="cluster">
          <h1>
            <PaymentTitle i18n={i18n} payment={payment} />
          </h1>
          <PaymentTag i18n={i18n} row={payment} />
        </div>
        <p class="price">
          <Money i18n={i18n} amount={payment.amount} currency={payment.currency} />
        </p>
        <p class="soft">{paidSentence(props)}</p>
        {payment.status === 'failed' ? <p>{declineText(i18n, payment.error_code)}</p> : null}
      </div>
      {notice === null ? null : <NoticeBanner i18n={i18n} notice={notice} />}
      <div class="two">
        <section aria-labelledby="lines">
          <h2 id="lines">{i18n.t('portal.payment.lines')}</h2>
          <Lines {...props} />
        </section>
        <div class="aside">
          <Papers {...props} />
          <Brought {...props} />
        </div>
      </div>
    </Shell>
  )
}

function paidSentence({ page: { i18n }, payment, method }: PaymentPageProps): string {
  const date = i18n.dateTime(payment.created_at)
  return method === null ? date : i18n.t('portal.payment.when_and_how', { date, method })
}

function Lines({ page, payment, lines, sums }: PaymentPageProps) {
  const { i18n } = page
  const { currency } = payment
  return (
    <dl class="sums">
      {lines.map((line) => (
        <div>
          <dt>
            <bdi>{line.description}</bdi>{' '}
            {line.quantity > 1 ? <span class="soft">× {i18n.number(line.quantity)}</span> : null}
            {line.period_start !== null && line.period_end !== null ? (
              <p class="small soft">{i18n.period(line.period_start, line.period_end)}</p>
            ) : null}
          </dt>
          <dd>
            <Money i18n={i18n} amount={line.amount} currency={currency} />
          </dd>
        </div>
      ))}
      {sums === null ? null : <Sums i18n={i18n} currency={currency} sums={sums} />}
      <div class="total">
        <dt>{i18n.t(payment.status === 'succeeded' ? 'portal.payment.total_paid' : 'portal.payment.total')}</dt>
        <dd>
          <Money i18n={i18n} amount={payment.amount} currency={currency} />
        </dd>
      </div>
    </dl>
  )
}

function Sums({ i18n, currency, sums }: { i18n: PortalPage['i18n']; currency: string; sums: PaymentSums }) {
  const rows = [
    ...sums.discounts.map(({ code, amount }) => ({
      label: i18n.t('portal.payment.discount', { code }),
      amount: -amount,
    })),
    ...sums.taxes
      .filter(({ tax }) => tax !== 0)
      .map(({ name, rate, inclusive, tax }) => {
        const values = { name: name ?? i18n.t('portal.payment.tax'), rate: i18n.percent(rate) }
        return {
          label: i18n.t(inclusive ? 'portal.payment.tax_inside' : 'portal.payment.tax_added', values),
          amount: tax,
        }
      }),
    { label: i18n.t('portal.payment.from_credit'), amount: -sums.credit_applied },
    { label: i18n.t('portal.payment.from_wallet'), amount: -sums.wallet_applied },
  ]
  return (
    <>
      {rows
        .filter(({ amount }) => amount !== 0)
        .map(({ label, amount }) => (
          <div class="soft">
            <dt>{label}</dt>
            <dd>
              <Money i18n={i18n} amount={amount} currency={currency} />
            </dd>
          </div>
        ))}
    </>
  )
}

function Papers(props: PaymentPageProps) {
  const { page, payment, correction, credit_notes } = props
  const { i18n, urls, business } = page
  const { business_id } = business
  const { payment_id, invoice_number } = payment
  if (invoice_number === null) return null
  return (
    <section>
      <h3>{i18n.t('portal.payment.papers')}</h3>
      <ul class="papers">
        <Paper
          href={urls.portal.invoice(business_id, payment_id)}
          name={i18n.t('portal.history.invoice')}
          number={invoice_number}
        />
        {correction === null ? null : (
          <Paper
            href={urls.portal.invoiceCorrection(business_id, payment_id)}
            name={i18n.t('portal.payment.correction')}
            number={correction}
          />
        )}
        {credit_notes.map(({ credit_note_id, number }) => (
          <Paper
            href={urls.portal.creditNote(business_id, payment_id, credit_note_id)}
            name={i18n.t('portal.history.credit_note')}
            number={number}
          />
        ))}
      </ul>
      <ButtonLink small href={urls.portal.invoiceDetails(business_id, payment_id)}>
        {i18n.t('portal.invoice_details.open')}
      </ButtonLink>
    </section>
  )
}

function Paper({ href, name, number }: { href: string; name: string; number: string }) {
  return (
    <li>
      <a class="num" href={href}>
        <Icon name="download" /> {name} <bdi>{number}</bdi>
      </a>
    </li>
  )
}

function Brought({ page, payment, subscription_id }: PaymentPageProps) {
  const { i18n, urls, business } = page
  const brought = broughtBy(i18n, payment)
  if (brought === '' && subscription_id === null) return null
  return (
    <section>
      <h3>{i18n.t('portal.payment.belongs')}</h3>
      {subscription_id === null ? null : (
        <p>
          <a href={urls.portal.subscription(business.business_id, subscription_id)} data-prefetch>
            {i18n.t('portal.payment.see_subscription')}
          </a>
        </p>
      )}
      {brought === '' ? null : (
        <p>
          <a href={urls.portal.entitlements(business.business_id)} data-prefetch>
            {brought}
          </a>
        </p>
      )}
    </section>
  )
}
