// Which businesses are the demo. Its audit trail says so: begun before anything of it exists, completed after all of it does.
// They ask across businesses and show nothing of a customer.
import { on } from '#core/scope.ts'
import type { Ctx } from '#src/context.ts'

export const DEMO_BEGUN = 'demo.begun'
export const DEMO_COMPLETED = 'demo.completed'

export interface Demo {
  business_id: string
  /** False for one whose making was broken off. */
  completed: boolean
  archived: boolean
  /** In the order of the story. */
  customer_ids: string[]
}

/** Oldest first. */
export async function findDemos(ctx: Ctx): Promise<Demo[]> {
  const rows = await ctx.db
    .selectFrom('businesses')
    .innerJoin('audit_entries', on('audit_entries.resource_id', 'businesses.business_id'))
    .select(['businesses.business_id', 'businesses.archived_at', 'audit_entries.action', 'audit_entries.details'])
    .where('audit_entries.action', 'in', [DEMO_BEGUN, DEMO_COMPLETED])
    .orderBy('businesses.created_at')
    .execute()
  const begun = rows.filter(({ action }) => action === DEMO_BEGUN)
  return begun.map(({ business_id, archived_at }) => {
    const end = rows.find((row) => row.business_id === business_id && row.action === DEMO_COMPLETED)
    const customer_ids = String(end?.details.customer_ids ?? '')
      .split(' ')
      .filter(Boolean)
    return { business_id, completed: end !== undefined, archived: archived_at !== null, customer_ids }
  })
}

/** Whether anybody is here besides the businesses named. */
export async function hasOtherBusiness(ctx: Ctx, business_ids: readonly string[]): Promise<boolean> {
  let query = ctx.db.selectFrom('businesses').select('business_id').limit(1)
  if (business_ids.length > 0) query = query.where('business_id', 'not in', [...business_ids])
  return (await query.executeTakeFirst()) !== undefined
}
