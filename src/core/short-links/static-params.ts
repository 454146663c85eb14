// The parameters of a static checkout address: text by name, and what each asks of a checkout.
import { countryCodes } from '#billing/countries.ts'
import type { NewCheckout } from '#core/checkout/create-checkout.ts'
import { type PageWishes, plainWishes } from '#core/checkout/page-rules.ts'
import type { Metadata, StaticParams } from '#db/json-types.ts'

/** Undefined where the text cannot be meant. */
type Reader = (value: string) => string | undefined

const text =
  (max: number): Reader =>
  (value) => {
    const trimmed = value.trim()
    return trimmed === '' || trimmed.length > max || /\p{Cc}/u.test(trimmed) ? undefined : trimmed
  }
const matching =
  (form: RegExp): Reader =>
  (value) =>
    form.test(value) ? value : undefined

/** Anybody may write these behind the address. */
const ofAnybody: Readonly<Record<string, Reader>> = {
  quantity: (value) => (/^[1-9]\d{0,3}$/.test(value) && Number(value) <= 9_000 ? value : undefined),
  paymentCurrency: matching(/^[A-Z]{3}$/),
  email: (value) => matching(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/)(value.trim().slice(0, 254)),
  fullName: text(200),
  firstName: text(100),
  lastName: text(100),
  country: (value) => countryCodes.find((code) => code === value),
  addressLine: text(250),
  city: text(100),
  state: text(100),
  zipCode: text(20),
}

/** What was said of the buyer cannot be changed on the page. */
const locks: Readonly<Record<string, PageWishes['locked'][number]>> = {
  disableEmail: 'email',
  disableFullName: 'name',
  disableFirstName: 'name',
  disableLastName: 'name',
  disableCountry: 'country',
  disableAddressLine: 'street',
  disableCity: 'city',
  disableState: 'state',
  disableZipCode: 'zipcode',
}

const yesOrNo = matching(/^(true|false)$/)

/** Only the merchant may, in the link itself. */
const ofMerchant: Readonly<Record<string, Reader>> = {
  ...ofAnybody,
  redirect_url: (value) => (/^https?:\/\/[^\s\\]{1,2000}$/i.test(value) && URL.canParse(value) ? value : undefined),
  showDiscounts: yesOrNo,
  ...Object.fromEntries(Object.keys(locks).map((name) => [name, yesOrNo])),
}

const METADATA = /^metadata_([A-Za-z0-9_-]{1,40})$/

/** The first name that is not served, or whose text cannot be meant; undefined where all are right. */
export function findWrongParam(params: StaticParams): string | undefined {
  const wrong = Object.entries(params).find(([name, value]) => {
    if (METADATA.test(name)) return text(500)(value) === undefined
    return readerOf(ofMerchant, name)?.(value) === undefined
  })
  if (wrong !== undefined) return wrong[0]
  return params.country === undefined ? addressParts.find((name) => params[name] !== undefined) : undefined
}

const addressParts = ['addressLine', 'city', 'state', 'zipCode'] as const

/** Of what is written behind an address: that which anybody may say, and can be meant. */
export function takeFromAnybody(query: StaticParams): StaticParams {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const read = readerOf(ofAnybody, name)?.(value)
      return read === undefined ? [] : [[name, read]]
    }),
  )
}

function readerOf(readers: Readonly<Record<string, Reader>>, name: string): Reader | undefined {
  return Object.hasOwn(readers, name) ? readers[name] : undefined
}

/** What a checkout for the product begins with. The parameters are right. */
export function toCheckout(product_id: string, params: StaticParams): NewCheckout {
  const { fullName, firstName, lastName, email } = params
  const name = fullName ?? [firstName, lastName].filter((part) => part !== undefined).join(' ')
  return {
    product_cart: [{ product_id, quantity: Number(params.quantity ?? 1), addons: [], amount: null }],
    customer: email === undefined ? null : { email, name: name === '' ? null : name },
    billing: billingOf(params),
    billing_currency: params.paymentCurrency ?? null,
    return_url: params.redirect_url ?? null,
    allow_discount_code: params.showDiscounts !== 'false',
    metadata: metadataOf(params),
    ...pageOf(params),
  }
}

function pageOf(params: StaticParams): Pick<NewCheckout, 'page'> {
  const locked = Object.entries(locks).flatMap(([name, field]) => (params[name] === 'true' ? [field] : []))
  return locked.length === 0 ? {} : { page: { ...plainWishes, locked: [...new Set(locked)] } }
}

function billingOf({ country, addressLine, city, state, zipCode }: StaticParams): NewCheckout['billing'] {
  if (country === undefined) return null
  return { country, street: addressLine ?? null, city: city ?? null, state: state ?? null, zipcode: zipCode ?? null }
}

function metadataOf(params: StaticParams): Metadata {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const key = METADATA.exec(name)?.[1]
      return key === undefined ? [] : [[key, value]]
    }),
  )
}
