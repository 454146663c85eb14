// A change exactly as it will be made: what it costs and why, what happens when, and one button that does just that.
import type { When } from '#i18n/translator.ts'
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Banner } from '#ui/components/banner.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { type PaymentMethod, PaymentMethodLabel } from '#ui/components/payment-method.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { DateText, Money } from '#ui/components/text.tsx'
import { namesOf } from './names-of.ts'
import { QuoteSums } from './quote-sums.tsx'
import type { ToldQuote } from './tell-quote.ts'

export interface QuotePageProps {
  page: PortalPage
  subscription: {
    subscription_id: string
    product_name: string
    in_trial: boolean
    next_billing_date: When | null
    scheduled_change: { product_name: string } | null
  }
  quote: ToldQuote
  /** Of the time it is honoured. */
  seconds_left: number
  /** Why it was drawn again. */
  anew: 'expired' | 'changed' | null
  method: PaymentMethod | null
  method_problem: 'missing' | 'expired' | null
}

export function QuotePage(props: QuotePageProps) {
  const { page, subscription, quote, anew } = props
  const { i18n, urls, business } = page
  const back = {
    href: urls.portal.planChange(business.business_id, subscription.subscription_id),
    label: i18n.t('portal.plan.title'),
  }
  const { same_product, product_name: product } = quote
  const title = i18n.t(same_product ? 'portal.plan.quote.title_same' : 'portal.plan.quote.title', { product })
  return (
    <Shell page={page} section="subscriptions" title={title} back={back}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.plan.quote.intro')}</p>
      </div>
      {anew === null ? null : (
        <Banner tone="wait" title={i18n.t(`portal.plan.anew.${anew}`)}>
          <p>{i18n.t('portal.plan.anew.text')}</p>
        </Banner>
      )}
      <div class="two quote">
        <QuoteSums i18n={i18n} sums={quote}>
          {quote.scheduled_for === null ? null : (
            <p class="small soft">{i18n.t('portal.plan.sum.later', { date: i18n.date(quote.scheduled_for) })}</p>
          )}
        </QuoteSums>
        <div class="aside">
          <Facts {...props} />
          <Notes {...props} />
          <Confirm {...props} />
        </div>
      </div>
    </Shell>
  )
}

function Facts({ page: { i18n }, quote, method }: QuotePageProps) {
  const { recurring, currency, scheduled_for } = quote
  return (
    <dl class="facts">
      <div>
        <dt>{i18n.t('portal.plan.fact.when')}</dt>
        <dd>
          {scheduled_for === null ? i18n.t('portal.plan.fact.now') : <DateText i18n={i18n} when={scheduled_for} />}
          <small>{scheduled_for === null ? null : i18n.t('portal.plan.fact.next_billing_date')}</small>
        </dd>
      </div>
      <div>
        <dt>{i18n.t('portal.plan.fact.price')}</dt>
        <dd>
          <bdi>{i18n.price(recurring.amount, currency, recurring.count, recurring.interval)}</bdi>
          {quote.quantity > 1 ? (
            <small>
              {i18n.t('portal.plan.line.units', { name: quote.product_name, count: i18n.number(quote.quantity) })}
            </small>
          ) : null}
        </dd>
      </div>
      <NextPayment i18n={i18n} quote={quote} />
      {quote.total === 0 || method === null ? null : (
        <div>
          <dt>{i18n.t('portal.plan.fact.method')}</dt>
          <dd>
            <PaymentMethodLabel i18n={i18n} method={method} />
          </dd>
        </div>
      )}
    </dl>
  )
}

/** What else the change does. */
function Notes({ page: { i18n }, subscription, quote }: QuotePageProps) {
  return (
    <>
      {subscription.scheduled_change === null ? null : (
        <p class="small">
          {i18n.t('portal.plan.fact.replaces', { product: subscription.scheduled_change.product_name })}
        </p>
      )}
      {subscription.in_trial && quote.scheduled_for === null ? (
        <p class="small">{i18n.t('portal.plan.fact.trial_ends')}</p>
      ) : null}
      {quote.dropped.length === 0 ? null : (
        <p class="small">{i18n.t('portal.plan.fact.dropped', { addons: namesOf(i18n, quote.dropped) })}</p>
      )}
    </>
  )
}

function NextPayment({ i18n, quote }: { i18n: PortalPage['i18n']; quote: ToldQuote }) {
  const { next, currency, ends_at } = quote
  if (next === null) {
    return (
      <div>
        <dt>{i18n.t('portal.plan.fact.ends')}</dt>
        <dd>
          <DateText i18n={i18n} when={ends_at} />
        </dd>
      </div>
    )
  }
  const funds = next.total - next.amount
  return (
    <div>
      <dt>{i18n.t('portal.plan.fact.next_payment')}</dt>
      <dd>
        <Money i18n={i18n} amount={next.amount} currency={currency} />
        <small>
          <DateText i18n={i18n} when={next.at} />
        </small>
        {funds > 0 ? (
          <small>
            {i18n.t('portal.plan.fact.next_funds', {
              total: i18n.money(next.total, currency),
              funds: i18n.money(funds, currency),
            })}
          </small>
        ) : null}
        {next.plus_usage ? <small>{i18n.t('portal.plan.fact.plus_usage')}</small> : null}
      </dd>
    </div>
  )
}

function Confirm({ page, subscription, quote, seconds_left, method_problem }: QuotePageProps) {
  const { i18n, urls, business } = page
  const { subscription_id } = subscription
  const plans = urls.portal.planChange(business.business_id, subscription_id)
  const over = seconds_left <= 0
  if (method_problem !== null) {
    return (
      <div class="ways">
        <Banner tone="wait" title={i18n.t(`portal.plan.method.${method_problem}`)} />
        <ButtonLink
          href={urls.portal.subscriptionPaymentMethod(business.business_id, subscription_id)}
          look="primary"
          wide
        >
          {i18n.t('portal.plan.method.change')}
        </ButtonLink>
        <ButtonLink href={plans} wide>
          {i18n.t('portal.plan.quote.other')}
        </ButtonLink>
      </div>
    )
  }
  return (
    <PostForm page={page} action={urls.portal.planQuote(business.business_id, subscription_id, quote.quote_id)}>
      <div class="ways">
        <Button look="primary" wide>
          {over ? i18n.t('portal.plan.quote.anew') : confirmText(i18n, quote)}
        </Button>
        <ButtonLink href={plans} wide>
          {i18n.t('portal.plan.quote.other')}
        </ButtonLink>
      </div>
      <p class="small soft">
        {over ? (
          i18n.t('portal.plan.quote.over')
        ) : (
          <>
            {i18n.t('portal.plan.quote.holds', { time: i18n.dateTime(quote.expires_at) })}{' '}
            <span
              class="num"
              data-countdown={String(seconds_left)}
              data-says={i18n.t('portal.plan.quote.left', { left: '0:00' })}
            />
          </>
        )}
      </p>
    </PostForm>
  )
}

function confirmText(i18n: PortalPage['i18n'], { total, currency, scheduled_for }: ToldQuote): string {
  if (scheduled_for !== null) return i18n.t('portal.plan.quote.confirm_scheduled', { date: i18n.date(scheduled_for) })
  if (total === 0) return i18n.t('portal.plan.quote.confirm')
  return i18n.t('portal.plan.quote.confirm_pay', { amount: i18n.money(total, currency) })
}
