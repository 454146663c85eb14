// What a page takes: cards by kind, and UPI. The words of the API for each are here.
import type { MethodType } from '#processors/processor.ts'
import type { TestCard } from './test-cards.ts'

export interface Offer {
  funding: readonly TestCard['funding'][]
  upi: boolean
}

interface Place {
  currency: string
  country: string | null
  /** Null: all. */
  allowed_types: readonly MethodType[] | null
}

const FUNDING = ['credit', 'debit'] as const
const UPI = ['upi_collect', 'upi_intent']

/** UPI is there only for customers in India who pay in rupees. */
export function offerOf({ currency, country, allowed_types }: Place): Offer {
  const allows = (type: MethodType) => allowed_types === null || allowed_types.includes(type)
  return { funding: FUNDING.filter(allows), upi: country === 'IN' && currency === 'INR' && UPI.some(allows) }
}

export function typesOf({ funding, upi }: Offer): MethodType[] {
  return [...funding, ...(upi ? UPI : [])]
}

export function isNothing(offer: Offer): boolean {
  return typesOf(offer).length === 0
}
