// What is owed, line by line, or another method to be entered: one button leads to the processor's page.
import { hasEnded } from '#billing/status.ts'
import type { Owed } from '#core/recovery/describe-owed.ts'
import type { PayLinkView } from '#core/recovery/view-pay-link.ts'
import { Banner } from '#ui/components/banner.tsx'
import { Button } from '#ui/components/button.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { OwedLines, type OwedSums } from '#ui/components/owed-lines.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
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
      {owed.declined === null ? null : (
        <Banner tone="wait" title={i18n.t('portal.pay.declined')}>
          <p>{declineText(i18n, owed.declined)}</p>
        </Banner>
      )}
      <OwedLines i18n={i18n} sums={sumsOf(owed)} />
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

function sumsOf({ dues, lines, period, own_funds }: Owed): OwedSums {
  const { currency, tax, tax_inclusive, total } = dues
  return { currency, lines, period, tax, tax_inclusive, own_funds, left: total - own_funds }
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
