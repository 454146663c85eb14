// The closed lists of the API: currencies, countries, tax categories, intervals.
import { z } from '@hono/zod-openapi'

const currencyCodes =
  words(`AED ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF
IDR ILS INR IQD JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
SAR SBD SCR SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SZL THB TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
VND VUV WST XAF XCD XOF XPF YER ZAR ZMW`)

const countryCodes =
  words(`AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`)

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

function words<const Text extends string>(text: Text): WordsOf<Text>[] {
  return text.split(/\s+/) as WordsOf<Text>[]
}

type WordsOf<Text, Found = never> = Text extends `${infer Line}\n${infer Rest}`
  ? WordsOf<Rest, Found | WordsOfLine<Line>>
  : Found | WordsOfLine<Text>

type WordsOfLine<Line, Found = never> = Line extends `${infer Word} ${infer Rest}`
  ? WordsOfLine<Rest, Found | Word>
  : Found | Line
