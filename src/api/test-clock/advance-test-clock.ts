import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { advanceTestClock } from '#core/test-clock/advance-test-clock.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { rfc3339, timeSchema } from '#wire/rfc3339.ts'

const advanceTestClockBody = z.object({ to: instant() }).openapi('AdvanceTestClock')

export const advanceTestClockEndpoint = endpoint(
  {
    method: 'post',
    path: '/portico/test-clock/advance',
    operation: 'advanceTestClock',
    noun: 'Test clock',
    summary: 'Move the time of your test mode forward',
    description: 'Everything that falls due on the way happens in order: renewals, ends, retries. Only in test mode.',
    mode: 'test',
    body: advanceTestClockBody,
    example: { to: '2027-01-31T00:00:00Z' },
    answer: z.object({ now: timeSchema('The business’s time afterwards') }).openapi('TestClock'),
    refusals: ['INVALID_REQUEST_PARAMETERS'],
  },
  async (ctx, { body }) => {
    assertNear(ctx, body.to)
    return { now: rfc3339(await advanceTestClock(ctx, body.to)) }
  },
)

const FURTHEST = 10

/** Every period on the way is played: a step of centuries would never answer. */
function assertNear(ctx: BusinessCtx, to: Temporal.Instant): void {
  const furthest = ctx.clock.now().toZonedDateTimeISO('UTC').add({ years: FURTHEST }).toInstant()
  if (Temporal.Instant.compare(to, furthest) <= 0) return
  throw new AppError('INVALID_REQUEST_PARAMETERS', {
    message: `to may lie at most ${FURTHEST} years ahead; go there in several steps`,
    field: 'to',
  })
}
