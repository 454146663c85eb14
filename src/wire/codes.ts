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

const methodTypes =
  words(`ach affirm afterpay_clearpay alfamart ali_pay ali_pay_hk alma amazon_pay apple_pay atome bacs bancontact_card
bca_bank_transfer becs benefit billie bizum blik bni_va boleto bri_va card_redirect cashapp cimb_va classic
credit crypto_currency dana danamon_va debit direct_carrier_billing duit_now efecty eft eps evoucher family_mart
fps gcash giropay givex go_pay google_pay ideal indomaret instant_bank_transfer interac kakao_pay klarna knet
lawson local_bank_redirect local_bank_transfer mandiri_va mb_way mifinity mini_stop mobile_pay momo momo_atm
multibanco naver_pay online_banking_czech_republic online_banking_finland online_banking_fpx
online_banking_poland online_banking_slovakia online_banking_thailand open_banking_pis open_banking_uk oxxo
pago_efectivo pay_bright pay_easy pay_safe_card payco paypal paze permata_bank_transfer pix prompt_pay
przelewy24 pse red_compra red_pagos revolut_pay samsung_pay satispay seicomart sepa sepa_bank_transfer
seven_eleven sofort swish touch_n_go trustly twint upi_collect upi_intent venmo viet_qr vipps walley we_chat_pay
zip`)

export const paymentMethodTypeSchema = z
  .enum(methodTypes)
  .openapi('PaymentMethodType', { description: 'A kind of payment method', example: 'credit' })

export const timeIntervalSchema = z.enum(['Day', 'Week', 'Month', 'Year']).openapi('TimeInterval', { example: 'Month' })

export type Currency = z.output<typeof currencySchema>
export type Country = z.output<typeof countrySchema>
export type TaxCategory = z.output<typeof taxCategorySchema>
