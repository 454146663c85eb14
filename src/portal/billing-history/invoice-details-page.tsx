// What an invoice should have said of its buyer. The invoice stays; a document of its own says it.
import { type PortalPage, Shell } from '#portal/shell.tsx'
import { Button, ButtonLink } from '#ui/components/button.tsx'
import { Problem, TextField } from '#ui/components/field.tsx'
import { PostForm } from '#ui/components/post-form.tsx'
import { countryName } from '#ui/countries.ts'
import type { FormErrors, Typed } from '#ui/parse-form.ts'
import type { InvoiceDetailsField } from './invoice-details-form.ts'

interface InvoiceDetailsPageProps {
  page: PortalPage
  payment_id: string
  invoice_number: string
  values: Typed<InvoiceDetailsField>
  errors?: FormErrors<InvoiceDetailsField>
  /** What decided the tax and cannot be corrected: the country, and what else was named. */
  fixed: { country: string | null; state: string | null; zipcode: string | null }
}

export function InvoiceDetailsPage(props: InvoiceDetailsPageProps) {
  const { page, payment_id, invoice_number, fixed, errors = {} } = props
  const { i18n, urls, business } = page
  const back = urls.portal.payment(business.business_id, payment_id)
  const title = i18n.t('portal.invoice_details.title', { number: invoice_number })
  return (
    <Shell
      page={page}
      section="billing_history"
      title={title}
      back={{ href: back, label: i18n.t('portal.payment.back') }}
    >
      <div class="head">
        <h1>{title}</h1>
        <p class="soft">{i18n.t('portal.invoice_details.intro')}</p>
      </div>
      <PostForm page={page} action={urls.portal.invoiceDetails(business.business_id, payment_id)} class="form">
        {errors.form ? <Problem>{i18n.t(errors.form)}</Problem> : null}
        <TextField
          {...field(props, 'name')}
          label={i18n.t('checkout.name')}
          maxlength={200}
          autocomplete="name"
          required
        />
        <TextField
          {...field(props, 'business_name')}
          label={i18n.t('checkout.business_name')}
          autocomplete="organization"
          maxlength={250}
          optional
        />
        <TextField {...field(props, 'tax_id')} label={i18n.t('checkout.tax_id')} maxlength={50} optional />
        <TextField
          {...field(props, 'street')}
          label={i18n.t('checkout.street')}
          autocomplete="street-address"
          maxlength={300}
          optional
        />
        <TextField
          {...field(props, 'city')}
          label={i18n.t('checkout.city')}
          autocomplete="address-level2"
          maxlength={150}
          optional
        />
        {fixed.zipcode === null ? (
          <TextField
            {...field(props, 'zipcode')}
            label={i18n.t('checkout.zipcode')}
            autocomplete="postal-code"
            maxlength={20}
            optional
          />
        ) : null}
        {fixed.state === null ? (
          <TextField
            {...field(props, 'state')}
            label={i18n.t('checkout.state')}
            autocomplete="address-level1"
            maxlength={150}
            optional
          />
        ) : null}
        <p class="small soft">{i18n.t('portal.invoice_details.fixed', { place: placeOf(props) })}</p>
        <div class="actions">
          <ButtonLink href={back}>{i18n.t('portal.invoice_details.keep')}</ButtonLink>
          <Button look="primary">{i18n.t('portal.invoice_details.confirm')}</Button>
        </div>
      </PostForm>
    </Shell>
  )
}

function field({ page, values, errors = {} }: InvoiceDetailsPageProps, name: InvoiceDetailsField) {
  return { i18n: page.i18n, name, value: values[name], error: errors[name] }
}

/** "10115, Berlin, Germany" */
function placeOf({ page: { i18n }, fixed }: InvoiceDetailsPageProps): string {
  const country = fixed.country === null ? null : countryName(i18n, fixed.country)
  return [fixed.zipcode, fixed.state, country].filter((part) => part !== null).join(', ')
}
