// What is owed, line by line, or another method to be entered: one button leads to the processor's page.
import { hasEnded } from '#billing/status.ts'
import type { DuesLine } from '#core/payments/queries.ts'
import type { Owed } from '#core/recovery/describe-owed.ts'
import type { PayLinkView } from '#core/recovery/view-pay-link.ts'
import type { Translator } from '#i18n/translator.ts'
import { Banner } from '#ui/components/banner.tsx'
import { Button } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { Money } from '#ui/components/text.tsx'
import { declineText } from '#ui/decline-text.ts'
import type { BusinessPage } from '#ui/page.ts'

interface Props {
  page: BusinessPage
  view: PayLinkView
}

export function OwedPage({ page, view, owed }: Props & { owed: Owed }) {
  const { i18n, business, urls } = page
  const { product_name: product, past_due_ends_at, status } = view.subscription
  const { currency, total } = owed.dues
  const title = i18n.t('pay.title')
  const left = total - owed.own_funds
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>
          {past_due_ends_at === null
            ? i18n.t(hasEnded(status) ? 'pay.ended' : 'pay.on_hold', { product })
            : i18n.t('pay.past_due', { product, date: i18n.date(past_due_ends_at) })}
        </p>
      </div>
      {owed.declined === null ? null : <Banner tone="wait" title={declineText(i18n, owed.declined)} />}
      <OwedLines i18n={i18n} owed={owed} left={left} />
      <PostForm page={page} action={urls.pay(view.link.pay_link_id)}>
        <Button look="primary" wide>
          <Icon name="lock" />
          {left === 0 ? i18n.t('checkout.continue') : i18n.t('checkout.pay', { amount: i18n.money(left, currency) })}
        </Button>
        {left === 0 ? null : <p class="small soft">{i18n.t('checkout.next_page')}</p>}
      </PostForm>
    </PlainPage>
  )
}

function OwedLines({ i18n, owed, left }: { i18n: Translator; owed: Owed; left: number }) {
  const { currency, tax, tax_inclusive } = owed.dues
  return (
    <section class="order" aria-labelledby="owed">
      <h2 id="owed">{i18n.t('pay.owed')}</h2>
      <dl class="sums">
        {owed.lines.map((line) => (
          <Line i18n={i18n} line={line} currency={currency} />
        ))}
        {tax === 0 ? null : (
          <div>
            <dt>{i18n.t(tax_inclusive ? 'checkout.tax_included' : 'checkout.tax')}</dt>
            <dd>
              <Money i18n={i18n} amount={tax} currency={currency} />
            </dd>
          </div>
        )}
        {owed.own_funds === 0 ? null : (
          <div>
            <dt>{i18n.t('pay.own_funds')}</dt>
            <dd>
              <Money i18n={i18n} amount={-owed.own_funds} currency={currency} />
            </dd>
          </div>
        )}
        <div class="total">
          <dt>{i18n.t('pay.total')}</dt>
          <dd>
            <Money i18n={i18n} amount={left} currency={currency} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

function Line({ i18n, line, currency }: { i18n: Translator; line: DuesLine; currency: string }) {
  return (
    <div>
      <dt>
        <bdi>{line.description}</bdi>
        {line.quantity > 1 ? <span class="soft"> × {i18n.number(line.quantity)}</span> : null}
      </dt>
      <dd>
        <Money i18n={i18n} amount={line.amount} currency={currency} />
      </dd>
    </div>
  )
}

/** Nothing is owed: the method that is entered pays from the next time on. */
export function NewMethodPage({ page, view }: Props) {
  const { i18n, business, urls } = page
  const { product_name: product, next_billing_date } = view.subscription
  const title = i18n.t('pay.method.title')
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>
          {i18n.t('pay.method.text', { product })}{' '}
          {next_billing_date === null ? null : i18n.t('pay.method.next', { date: i18n.date(next_billing_date) })}
        </p>
      </div>
      <PostForm page={page} action={urls.pay(view.link.pay_link_id)}>
        <Button look="primary" wide>
          <Icon name="lock" />
          {i18n.t('checkout.continue')}
        </Button>
        <p class="small soft">{i18n.t('checkout.next_page')}</p>
      </PostForm>
    </PlainPage>
  )
}
