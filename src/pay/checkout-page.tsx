// The hosted checkout: what one buys beside who one is. The card itself is entered on the processor's page.

import { countryCodes } from '#billing/countries.ts'
import { Banner } from '#ui/components/banner.tsx'
import { BusinessName } from '#ui/components/business-mark.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Select, TextField } from '#ui/components/field.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PlainPage } from '#ui/components/plain-page.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { countryChoices } from '#ui/countries.ts'
import type { BusinessPage } from '#ui/page.ts'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import type { CheckoutField } from './checkout-form.ts'
import { CodeForms } from './code-forms.tsx'
import { type Order, OrderSummary } from './order-summary.tsx'

export interface CheckoutPageProps {
  page: BusinessPage
  checkout_id: string
  order: Order
  /** Where the shop takes one back to; null where there is no such page. */
  cancel_url: string | null
  /** May the buyer enter a discount code. */
  allow_discount_code: boolean
  /** What is known of the buyer from the shop, or was typed before. */
  typed?: Typed<CheckoutField>
  errors?: FormErrors<CheckoutField>
}

export function CheckoutPage(props: CheckoutPageProps) {
  const { page, order, cancel_url, errors = {} } = props
  const { i18n, business } = page
  const title = i18n.t('checkout.title')
  return (
    <PlainPage page={page} business={business} title={title} layout="till">
      <div class="head">
        <div class="brand">
          <BusinessName business={business} />
        </div>
        {cancel_url ? (
          <a class="back" href={cancel_url} rel="noreferrer">
            <Icon name="arrow-left" flips />
            {i18n.t('portal.return', { business: business.name })}
          </a>
        ) : null}
        <h1>{title}</h1>
        {errors.form ? <Banner tone="bad" title={i18n.t(errors.form)} /> : null}
      </div>
      <OrderSummary i18n={i18n} order={order}>
        <CodeForms {...props} />
      </OrderSummary>
      <Details {...props} />
    </PlainPage>
  )
}

function Details({ page, checkout_id, order, typed = {}, errors = {} }: CheckoutPageProps) {
  const { i18n, urls } = page
  const common = (name: CheckoutField) => ({ i18n, name, value: typed[name], error: errors[name] })
  return (
    <PostForm page={page} action={urls.checkout(checkout_id)}>
      <input type="hidden" name="shown_total" value={String(order.total)} />
      <div class="fields">
        <h2 class="full">{i18n.t('checkout.about_you')}</h2>
        <TextField
          {...common('email')}
          type="email"
          label={i18n.t('checkout.email')}
          hint={i18n.t('checkout.email_hint')}
          autocomplete="email"
          inputmode="email"
          maxlength={254}
          required
          class="full"
        />
        <TextField
          {...common('name')}
          label={i18n.t('checkout.name')}
          autocomplete="name"
          maxlength={200}
          required
          class="full"
        />
        <Select
          {...common('country')}
          label={i18n.t('checkout.country')}
          choices={countryChoices(i18n, countryCodes)}
          placeholder={i18n.t('checkout.choose_country')}
          autocomplete="country"
          required
          class="full"
        />
        <Address common={common} open={addressFields.some((name) => typed[name] || errors[name])} />
      </div>
      <Button look="primary" wide>
        {order.method_required ? <Icon name="lock" /> : null}
        {payText(page, order)}
      </Button>
      <p class="small soft">{whatFollows(page, order)}</p>
    </PostForm>
  )
}

function payText({ i18n }: BusinessPage, { total, currency, method_required }: Order): string {
  if (!method_required) return i18n.t('checkout.start')
  return total === 0 ? i18n.t('checkout.continue') : i18n.t('checkout.pay', { amount: i18n.money(total, currency) })
}

function whatFollows({ i18n }: BusinessPage, { method_required, renewal }: Order): string {
  if (method_required) return i18n.t('checkout.next_page')
  if (renewal === null || renewal.amount === 0) return i18n.t('checkout.no_card')
  return i18n.t('checkout.no_card_until', { date: i18n.date(renewal.at) })
}

type Common = (name: CheckoutField) => Pick<Parameters<typeof TextField>[0], 'i18n' | 'name' | 'value' | 'error'>

const addressFields = [
  'street',
  'zipcode',
  'city',
  'state',
  'business_name',
  'tax_id',
] as const satisfies readonly CheckoutField[]

/** Not asked of everyone: folded until somebody wants it on the invoice. */
function Address({ common, open }: { common: Common; open: boolean }) {
  const { i18n } = common('street')
  return (
    <details class="fold full" open={open}>
      <summary>
        <Icon name="chevron-right" flips />
        {i18n.t('checkout.add_address')}
      </summary>
      <div class="fields">
        <TextField
          {...common('street')}
          label={i18n.t('checkout.street')}
          autocomplete="street-address"
          maxlength={300}
          optional
          class="full"
        />
        <TextField
          {...common('zipcode')}
          label={i18n.t('checkout.zipcode')}
          autocomplete="postal-code"
          maxlength={20}
          optional
        />
        <TextField
          {...common('city')}
          label={i18n.t('checkout.city')}
          autocomplete="address-level2"
          maxlength={150}
          optional
        />
        <TextField
          {...common('state')}
          label={i18n.t('checkout.state')}
          autocomplete="address-level1"
          maxlength={150}
          optional
          class="full"
        />
        <TextField
          {...common('business_name')}
          label={i18n.t('checkout.business_name')}
          autocomplete="organization"
          maxlength={250}
          optional
        />
        <TextField {...common('tax_id')} label={i18n.t('checkout.tax_id')} maxlength={50} optional />
      </div>
    </details>
  )
}

export interface CheckoutClosedPageProps {
  page: BusinessPage
  reason: 'paid' | 'expired'
  login_href: string
  return_url: string | null
}

/** A checkout that takes no more payments. */
export function CheckoutClosedPage({ page, reason, login_href, return_url }: CheckoutClosedPageProps) {
  const { i18n, business } = page
  const title = i18n.t(`checkout.closed.${reason}.title`)
  return (
    <PlainPage page={page} business={business} title={title}>
      <div class="head">
        <h1>{title}</h1>
        <p>{i18n.t(`checkout.closed.${reason}.text`)}</p>
      </div>
      {reason === 'paid' ? (
        <ButtonLink href={login_href} look="primary" wide>
          {i18n.t('checkout.to_portal')}
        </ButtonLink>
      ) : null}
      {return_url ? (
        <ButtonLink href={return_url} wide>
          {i18n.t('portal.return', { business: business.name })}
        </ButtonLink>
      ) : null}
    </PlainPage>
  )
}
