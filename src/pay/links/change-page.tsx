// A change of plan that is paid for under a link: what becomes of the plan, what it costs now and later, one button; and its two ends.
import { notAfter } from '#billing/period.ts'
import type { ChangeLinkView } from '#core/plan-changes/view-change-link.ts'
import type { Translator } from '#i18n/translator.ts'
import { Banner } from '#ui/components/banner.tsx'
import { Button } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { OwedLines, type OwedSums } from '#ui/components/owed-lines.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { DateText } from '#ui/components/text.tsx'
import { declineText } from '#ui/decline-text.ts'
import type { BusinessPage } from '#ui/page.ts'
import { Ways } from './pay-result-page.tsx'

interface Props {
  page: BusinessPage
  view: ChangeLinkView
}

export function ChangePage({ page, view }: Props) {
  const { i18n, business, urls } = page
  const { change, subscription, dues } = view
  const { product_name: product } = subscription
  const title = i18n.t('pay.change.title')
  const sums = sumsOf(page, view)
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{whatChanges(page, view)}</p>
      </div>
      {view.declined === null ? null : (
        <Banner tone="wait" title={i18n.t('portal.pay.declined')}>
          <p>{declineText(i18n, view.declined)}</p>
        </Banner>
      )}
      <OwedLines i18n={i18n} title={i18n.t('portal.plan.sums')} sums={sums} />
      <FromThenOn page={page} view={view} />
      <PostForm page={page} action={urls.pay(view.link.pay_link_id)}>
        <Button look="primary" wide>
          <Icon name="lock" />
          {i18n.t('checkout.pay', { amount: i18n.money(sums.left, dues.currency) })}
        </Button>
        <p class="small soft">{i18n.t('checkout.next_page')}</p>
        <p class="small soft">{i18n.t('pay.change.method', { product: nameOfTarget(view) })}</p>
        {change.expires_at === null ? null : (
          <p class="small soft">{i18n.t('pay.change.until', { product, date: i18n.dateTime(change.expires_at) })}</p>
        )}
      </PostForm>
    </PlainPage>
  )
}

function nameOfTarget({ change, subscription }: ChangeLinkView): string {
  return change.items.find(({ kind }) => kind === 'product')?.description ?? subscription.product_name
}

function whatChanges({ i18n }: BusinessPage, view: ChangeLinkView): string {
  const from = named(i18n, view.subscription.product_name, view.subscription.quantity)
  const to = named(i18n, nameOfTarget(view), view.change.quantity)
  return from === to ? i18n.t('pay.change.same', { product: to }) : i18n.t('pay.change.other', { from, to })
}

function named(i18n: Translator, name: string, quantity: number): string {
  return quantity > 1 ? i18n.t('portal.plan.line.units', { name, count: i18n.number(quantity) }) : name
}

function sumsOf({ i18n }: BusinessPage, { dues, lines }: ChangeLinkView): OwedSums {
  const { currency, tax, tax_inclusive, total, credit_applied, wallet_applied } = dues
  const own_funds = credit_applied + wallet_applied
  return {
    ...{ currency, tax, tax_inclusive, own_funds },
    period: null,
    lines: lines.map(({ description, quantity, unit_price, amount, prorated }) => {
      const name = named(i18n, description, quantity)
      const says = unit_price < 0 ? 'portal.plan.line.paid' : prorated ? 'pay.change.left' : undefined
      return { description: says === undefined ? name : i18n.t(says, { name }), quantity: 1, amount, told: true }
    }),
    left: total - own_funds,
  }
}

function FromThenOn({ page: { i18n }, view }: Props) {
  const { change, subscription, dues, next_at } = view
  const { payment_frequency_count: count, payment_frequency_interval: interval } = change
  const ends = subscription.expires_at !== null && notAfter(subscription.expires_at, next_at)
  return (
    <dl class="facts">
      <div>
        <dt>{i18n.t('portal.plan.fact.price')}</dt>
        <dd>
          <bdi>{i18n.price(view.recurring, dues.currency, count, interval)}</bdi>
        </dd>
      </div>
      <div>
        <dt>{i18n.t(ends ? 'portal.plan.fact.ends' : 'portal.plan.fact.next_payment')}</dt>
        <dd>
          <DateText i18n={i18n} when={next_at} />
        </dd>
      </div>
    </dl>
  )
}

export function ChangeDonePage({ page, view }: Props) {
  const { i18n, business } = page
  const { product_name: product, next_billing_date: next } = view.subscription
  const title = i18n.t('pay.change.done.title')
  return (
    <PlainPage page={page} business={business} title={title}>
      <span class="sign ok">
        <Icon name="check" size={22} />
      </span>
      <h1>{title}</h1>
      <p>
        {next === null
          ? i18n.t('pay.done.settled.text', { product })
          : i18n.t('pay.change.done.text', { product, date: i18n.date(next) })}
      </p>
      <Ways page={page} link={view.link} to="subscription" />
    </PlainPage>
  )
}

export function ChangeOverPage({ page, view }: Props) {
  const { i18n, business } = page
  const ended = view.state === 'ended'
  const title = i18n.t(ended ? 'pay.closed.ended.title' : 'pay.change.over.title')
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>
          {ended
            ? i18n.t('pay.change.ended')
            : i18n.t('pay.change.over.text', { business: business.name, product: view.subscription.product_name })}
        </p>
      </div>
      <Ways page={page} link={view.link} to="subscription" />
    </PlainPage>
  )
}
