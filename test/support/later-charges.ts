// The bank changes its mind: what charges without the person do from now on, for every card of the world's business.
import type { World } from './world.ts'

export async function setLaterCharges(world: World, off_session: string): Promise<void> {
  await world.database.connections
    .pool('sandbox')
    .db.updateTable('methods')
    .set({ off_session })
    .where('business_id', '=', world.business_id)
    .execute()
}
