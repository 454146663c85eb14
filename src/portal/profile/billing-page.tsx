// Who invoices are written to from now on: for the customer, or for one subscription.

import { countryCodes } from '#billing/countries.ts'
import { type PortalPage, type Section, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Problem, Select, TextField } from '#ui/components/field.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { countryChoices } from '#ui/countries.ts'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import type { BillingField } from './billing-form.ts'

export interface BillingPageProps {
  page: PortalPage
  section: Section
  /** Where the form is sent, and where it was opened from. */
  action: string
  back: { href: string; label: string }
  values: Typed<BillingField>
  errors?: FormErrors<BillingField>
  /** The subscription it is about; null where it is about all. */
  product_name: string | null
}

export function BillingPage(props: BillingPageProps) {
  const { page, section, action, back, errors = {}, product_name } = props
  const { i18n } = page
  const title = i18n.t('portal.details.billing')
  return (
    <Shell page={page} section={section} title={title} back={back}>
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.billing_form.intro')}</p>
      </div>
      <PostForm page={page} action={action} class="form">
        {errors.form ? <Problem>{i18n.t(errors.form)}</Problem> : null}
        <Person {...props} />
        <Address {...props} />
        <Company {...props} />
        {product_name === null ? null : <Everywhere {...props} />}
        <div class="actions">
          <ButtonLink href={back.href}>{i18n.t('portal.form.leave')}</ButtonLink>
          <Button look="primary">{i18n.t('portal.form.save')}</Button>
        </div>
      </PostForm>
    </Shell>
  )
}

function field({ page, values, errors = {} }: BillingPageProps, name: BillingField, maxlength: number) {
  return { i18n: page.i18n, name, value: values[name], error: errors[name], maxlength }
}

function Person(props: BillingPageProps) {
  const { t } = props.page.i18n
  return (
    <>
      <TextField {...field(props, 'name', 200)} label={t('checkout.name')} autocomplete="name" required />
      <TextField
        {...field(props, 'phone_number', 30)}
        label={t('portal.profile.phone')}
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        optional
      />
    </>
  )
}

function Address(props: BillingPageProps) {
  const { i18n } = props.page
  const { t } = i18n
  return (
    <>
      <Select
        i18n={i18n}
        name="country"
        label={t('checkout.country')}
        choices={countryChoices(i18n, countryCodes)}
        value={props.values.country}
        error={props.errors?.country}
        placeholder={t('checkout.choose_country')}
        autocomplete="country"
        required
      />
      <TextField {...field(props, 'street', 300)} label={t('checkout.street')} autocomplete="street-address" optional />
      <div class="fields">
        <TextField {...field(props, 'zipcode', 20)} label={t('checkout.zipcode')} autocomplete="postal-code" optional />
        <TextField {...field(props, 'city', 150)} label={t('checkout.city')} autocomplete="address-level2" optional />
      </div>
      <TextField {...field(props, 'state', 150)} label={t('checkout.state')} autocomplete="address-level1" optional />
    </>
  )
}

function Company(props: BillingPageProps) {
  const { t } = props.page.i18n
  return (
    <>
      <TextField
        {...field(props, 'business_name', 250)}
        label={t('checkout.business_name')}
        autocomplete="organization"
        optional
      />
      <TextField
        {...field(props, 'tax_id', 50)}
        label={t('checkout.tax_id')}
        hint={t('portal.billing_form.tax_hint')}
        optional
      />
    </>
  )
}

function Everywhere({ page, values, product_name }: BillingPageProps) {
  return (
    <label class="check">
      <input type="checkbox" name="everywhere" value="yes" checked={values.everywhere === 'yes'} />
      <span>{page.i18n.t('portal.billing_form.everywhere', { product: product_name ?? '' })}</span>
    </label>
  )
}
