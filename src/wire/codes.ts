// The closed lists of the API: currencies, countries, tax categories, intervals.
import { z } from '@hono/zod-openapi'
import { countryCodes } from '#billing/countries.ts'
import { words } from '#billing/words.ts'

const currencyCodes =
  words(`AED ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF
IDR ILS INR IQD JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
SAR SBD SCR SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SZL THB TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
VND VUV WST XAF XCD XOF XPF YER ZAR ZMW`)

/** ISO 4217. */
export const currencySchema = z
  .enum(currencyCodes)
  .openapi('Currency', { description: 'ISO 4217 code', example: 'USD' })

/** ISO 3166-1 alpha-2. */
export const countrySchema = z
  .enum(countryCodes)
  .openapi('CountryCode', { description: 'ISO 3166-1 code of two letters', example: 'SE' })

export const taxCategorySchema = z
  .enum(['digital_products', 'saas', 'e_book', 'edtech', 'live_tutoring'])
  .openapi('TaxCategory', { description: 'What kind of good it is for tax', example: 'saas' })

export const timeIntervalSchema = z.enum(['Day', 'Week', 'Month', 'Year']).openapi('TimeInterval', { example: 'Month' })

export type Currency = z.output<typeof currencySchema>
export type Country = z.output<typeof countrySchema>
export type TaxCategory = z.output<typeof taxCategorySchema>
