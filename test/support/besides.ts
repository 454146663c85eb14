// A second business in the same database, played like the first.
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { advanceTestClock, startTestClock } from '#core/test-clock/advance-test-clock.ts'
import { withActor } from '#src/context.ts'
import type { World } from './world.ts'

export async function besides(
  world: World,
  { startsAt, name = 'Harbour Press' }: { startsAt?: string; name?: string },
) {
  const operator = withActor(world.modes.test.ctx, { type: 'operator', id: 'cli' })
  const made = await createBusiness(operator, { name, email: 'hello@harbour.example' })
  const ctx = startsAt === undefined ? made : await startTestClock(made, Temporal.Instant.from(startsAt))
  const { business_id } = ctx.business
  const { key } = await createApiKey(ctx, { name: 'test' })
  const fresh = () => getBusinessCtx(operator, business_id)
  const other: World = {
    ...world,
    ctx,
    business_id,
    api_key: key,
    fresh,
    advanceTo: async (to) => advanceTestClock(await fresh(), Temporal.Instant.from(to)),
    client: (api_key = key) => world.client(api_key),
  }
  return other
}
