// Who buys in the demo: invented people at invented addresses, each with the sandbox's card that their story needs.
import type { BillingAddress } from '#db/json-types.ts'

export interface Person {
  name: string
  email: string
  locale: string
  phone_number: string | null
  billing: BillingAddress
  card: string
}

const GOOD_VISA = '4242424242424242'
const GOOD_MASTERCARD = '5555555555554444'
/** Pays on the page and is declined at the first renewal. */
const DECLINED_LATER = '4000000000000341'

export const people = {
  ingrid: {
    name: 'Ingrid Solheim',
    email: 'ingrid@solheim-tegner.example',
    locale: 'en',
    phone_number: '+47 55 01 02 03',
    billing: { country: 'NO', state: null, city: 'Bergen', street: 'Strandgaten 218', zipcode: '5004' },
    card: GOOD_VISA,
  },
  tomasz: {
    name: 'Tomasz Wieczorek',
    email: 'tomasz.wieczorek@papierowe.example',
    locale: 'pl',
    phone_number: null,
    billing: { country: 'PL', state: null, city: 'Kraków', street: 'ul. Karmelicka 127/4', zipcode: '31-131' },
    card: GOOD_MASTERCARD,
  },
  layla: {
    name: 'ليلى الحدّاد',
    email: 'layla@khatt-wa-lawn.example',
    locale: 'ar',
    phone_number: '+962 6 555 0147',
    billing: {
      country: 'JO',
      state: null,
      city: 'عمّان',
      street: 'شارع الرينبو، بناية 24، الطابق الثاني',
      zipcode: '11181',
    },
    card: GOOD_VISA,
  },
  misaki: {
    name: '高橋 美咲',
    email: 'misaki@takahashi-design.example',
    locale: 'ja',
    phone_number: '+81 75 555 0182',
    billing: {
      country: 'JP',
      state: '京都府',
      city: '京都市',
      street: '中京区河原町通三条下ル 12-3',
      zipcode: '604-8032',
    },
    card: GOOD_MASTERCARD,
  },
  mateus: {
    name: 'Mateus Carvalho',
    email: 'mateus@oficina-azul.example',
    locale: 'pt',
    phone_number: null,
    billing: { country: 'PT', state: null, city: 'Porto', street: 'Rua das Flores 312, 2.º Esq.', zipcode: '4050-265' },
    card: DECLINED_LATER,
  },
  amara: {
    name: 'Amara Okafor',
    email: 'amara@okafor-motion.example',
    locale: 'en',
    phone_number: '+1 503 555 0119',
    billing: { country: 'US', state: 'OR', city: 'Portland', street: '2140 NE Alberta Street', zipcode: '97211' },
    card: GOOD_VISA,
  },
} as const satisfies Record<string, Person>

export type PersonName = keyof typeof people
