// What the address of the billing history asks for. What it does not know is left out, as if it had not been asked.
import type { HistoryFilter } from '#core/billing-history/history-filter.ts'
import type { AppContext } from '#src/app-env.ts'
import { holdsCardNumber } from '#src/card-number.ts'
import type { HistoryQuery } from '#src/urls.ts'

/** Each as it stands in the address; what was not asked is absent. */
export const filterStatuses = ['succeeded', 'processing', 'failed', 'cancelled', 'refunded'] as const
export const filterTypes = ['recurring_price', 'one_time_price', 'usage_based_price'] as const

export interface AskedHistory {
  status?: (typeof filterStatuses)[number]
  type?: (typeof filterTypes)[number]
  /** subscription_id */
  subscription?: string
  /** "2026-01-31", both days included. */
  from?: string
  to?: string
  q?: string
}

const MOST_WORDS = 100
const SUBSCRIPTION = /^sub_[0-9A-Za-z]{1,40}$/

export function readHistoryQuery(c: AppContext): AskedHistory {
  const asked = (name: keyof AskedHistory) => c.req.query(name)?.trim() ?? ''
  const [from, to] = inOrder(dayOf(asked('from')), dayOf(asked('to')))
  const q = [...asked('q').toWellFormed().replaceAll('\0', '')].slice(0, MOST_WORDS).join('')
  return present({
    status: filterStatuses.find((known) => known === asked('status')),
    type: filterTypes.find((known) => known === asked('type')),
    subscription: SUBSCRIPTION.test(asked('subscription')) ? asked('subscription') : undefined,
    from,
    to,
    q: q === '' || holdsCardNumber(q) ? undefined : q,
  })
}

/** The number of a card is looked for nowhere, and stays in no address. */
export const asksForCard = (c: AppContext): boolean => (c.req.queries('q') ?? []).some(holdsCardNumber)

export const isNarrowed = (asked: AskedHistory): boolean => Object.keys(asked).length > 0

/** As `urls.portal.billingHistory` takes it. */
export const asQuery = (asked: AskedHistory): HistoryQuery => ({ ...asked })

const pricingTypes = {
  one_time_price: 'one_time',
  recurring_price: 'subscription',
  usage_based_price: 'usage',
} as const

/** Days are the business's own. */
export function filterOf(asked: AskedHistory, customer_id: string, timeZone: string): HistoryFilter {
  const { status, type, subscription, q } = asked
  const { gte, lt } = spanOf(asked, timeZone)
  return {
    customer_id,
    status,
    pricing_type: type && pricingTypes[type],
    subscription_id: subscription,
    created_at_gte: gte,
    created_at_lt: lt,
    search: q,
  }
}

/** From the first moment of one day to the first after the other. */
export function spanOf({ from, to }: Pick<AskedHistory, 'from' | 'to'>, timeZone: string) {
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant()
  return {
    gte: from === undefined ? undefined : startOf(Temporal.PlainDate.from(from)),
    lt: to === undefined ? undefined : startOf(Temporal.PlainDate.from(to).add({ days: 1 })),
  }
}

function dayOf(text: string): string | undefined {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}

/** Days given the wrong way round mean the same span. */
function inOrder(from: string | undefined, to: string | undefined) {
  return from !== undefined && to !== undefined && from > to ? [to, from] : [from, to]
}

function present(asked: AskedHistory): AskedHistory {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}
