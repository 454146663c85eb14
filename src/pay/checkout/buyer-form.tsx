// Who buys: what the checkout asks of everybody, what the shop asks besides, and the button.

import { countryCodes } from '#billing/countries.ts'
import { type LockableField, rulesOf } from '#core/checkout/page-rules.ts'
import { Button } from '#ui/components/button.tsx'
import { Select, TextField } from '#ui/components/field.tsx'
import { Icon } from '#ui/components/icon.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { countryChoices } from '#ui/countries.ts'
import type { CheckoutField } from './checkout-form.ts'
import type { CheckoutPageProps } from './checkout-page.tsx'
import { MethodChoice } from './method-choice.tsx'
import { Questions } from './questions.tsx'

export function BuyerForm(props: CheckoutPageProps) {
  const { page, view, order } = props
  const { i18n, urls } = page
  const { checkout, saved_methods } = view
  const { pay_button_text } = rulesOf(checkout)
  return (
    <PostForm page={page} action={urls.checkout(checkout.checkout_id)}>
      <input type="hidden" name="shown_total" value={String(order.total)} />
      <div class="fields">
        <h2 class="full">{i18n.t('checkout.about_you')}</h2>
        <Person {...props} />
        <Questions {...props} />
        <Address {...props} />
      </div>
      {order.method_required ? <MethodChoice {...props} /> : null}
      <Button look="primary" wide>
        {order.method_required ? <Icon name="lock" /> : null}
        {pay_button_text === null ? payText(props) : <bdi>{pay_button_text}</bdi>}
      </Button>
      {saved_methods.length === 0 ? <p class="small soft">{whatFollows(props)}</p> : null}
    </PostForm>
  )
}

function payText({ page: { i18n }, order: { total, currency, method_required } }: CheckoutPageProps): string {
  if (!method_required) return i18n.t('checkout.start')
  return total === 0 ? i18n.t('checkout.continue') : i18n.t('checkout.pay', { amount: i18n.money(total, currency) })
}

function whatFollows({ page: { i18n }, order: { method_required, renewal } }: CheckoutPageProps): string {
  if (method_required) return i18n.t('checkout.next_page')
  if (renewal === null || renewal.amount === 0) return i18n.t('checkout.no_card')
  return i18n.t('checkout.no_card_until', { date: i18n.date(renewal.at) })
}

/** What every field of the form has, by its name. What the shop keeps as it told it is read and not written. */
function commonOf({ page, view, typed = {}, errors = {} }: CheckoutPageProps) {
  const { locked } = rulesOf(view.checkout)
  return <Name extends CheckoutField>(name: Name) => {
    const readonly = locked.includes(name as LockableField)
    return { i18n: page.i18n, name, value: typed[name], error: errors[name], readonly }
  }
}

function Person(props: CheckoutPageProps) {
  const { i18n } = props.page
  const common = commonOf(props)
  const country = common('country')
  const countries = countryChoices(i18n, countryCodes)
  return (
    <>
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
      {asksPhone(props) === 'required' ? <Phone {...props} /> : null}
      <Select
        {...country}
        label={i18n.t('checkout.country')}
        choices={country.readonly ? countries.filter(({ value }) => value === country.value) : countries}
        placeholder={country.readonly ? undefined : i18n.t('checkout.choose_country')}
        autocomplete="country"
        required
        class="full"
      />
    </>
  )
}

/** One that is known already is neither asked for nor shown. */
function asksPhone({ view: { checkout } }: CheckoutPageProps): 'hidden' | 'optional' | 'required' {
  return checkout.customer_phone_number === null ? rulesOf(checkout).phone_number : 'hidden'
}

function Phone(props: CheckoutPageProps) {
  const required = asksPhone(props) === 'required'
  return (
    <TextField
      {...commonOf(props)('phone_number')}
      type="tel"
      label={props.page.i18n.t('checkout.phone')}
      autocomplete="tel"
      inputmode="tel"
      maxlength={31}
      required={required}
      optional={!required}
      class="full"
    />
  )
}

/** On the invoice, where somebody wants it there. */
const places = [
  { name: 'street', autocomplete: 'street-address', maxlength: 300, class: 'full' },
  { name: 'zipcode', autocomplete: 'postal-code', maxlength: 20 },
  { name: 'city', autocomplete: 'address-level2', maxlength: 150 },
  { name: 'state', autocomplete: 'address-level1', maxlength: 150, class: 'full' },
] as const

const companies = [
  { name: 'business_name', autocomplete: 'organization', maxlength: 250 },
  { name: 'tax_id', maxlength: 50 },
] as const

/** Not asked of everyone: folded until somebody wants it on the invoice. */
function Address(props: CheckoutPageProps) {
  const { page, view, typed = {}, errors = {} } = props
  const { i18n } = page
  const common = commonOf(props)
  const phone = asksPhone(props) === 'optional'
  const fields = [...places, ...(rulesOf(view.checkout).tax_id === 'hidden' ? [] : companies)]
  const inside: CheckoutField[] = [...fields.map(({ name }) => name), ...(phone ? ['phone_number' as const] : [])]
  return (
    <details class="fold full" open={inside.some((name) => typed[name] || errors[name])}>
      <summary>
        <Icon name="chevron-right" flips />
        {i18n.t('checkout.add_address')}
      </summary>
      <div class="fields">
        {fields.map(({ name, ...rest }) => (
          <TextField {...common(name)} {...rest} label={i18n.t(`checkout.${name}`)} optional />
        ))}
        {phone ? <Phone {...props} /> : null}
      </div>
    </details>
  )
}
