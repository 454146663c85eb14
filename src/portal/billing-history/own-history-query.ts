import { findBilledSubscription, listBilledSubscriptions } from '#core/billing-history/list-billed-subscriptions.ts'
import type { AppContext } from '#src/app-env.ts'
import { type AskedHistory, readHistoryQuery } from './history-query.ts'

const MOST_SUBSCRIPTIONS = 100

export interface OwnHistoryQuery {
  asked: AskedHistory
  /** Those that payments can be narrowed to; the one that is asked for is among them. */
  subscriptions: { subscription_id: string; name: string }[]
}

/** A subscription that is not the visitor's is left out like everything that is not known. */
export async function readOwnHistoryQuery(c: AppContext): Promise<OwnHistoryQuery> {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const { subscription, ...others } = readHistoryQuery(c)
  const listed = await listBilledSubscriptions(ctx, customer_id, MOST_SUBSCRIPTIONS)
  if (subscription === undefined) return { asked: others, subscriptions: listed }
  const asked = { ...others, subscription }
  if (listed.some(({ subscription_id }) => subscription_id === subscription)) return { asked, subscriptions: listed }
  const older = await findBilledSubscription(ctx, customer_id, subscription)
  return older === undefined ? { asked: others, subscriptions: listed } : { asked, subscriptions: [...listed, older] }
}
