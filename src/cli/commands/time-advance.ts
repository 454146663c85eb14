import { z } from '@hono/zod-openapi'
import { instant } from '#api/input/instant.ts'
import { command } from '#cli/command.ts'
import { testBusiness } from '#cli/open.ts'
import { option, required } from '#cli/option.ts'
import { readSpan } from '#cli/span.ts'
import { UsageError } from '#cli/usage-error.ts'
import { businessId } from '#cli/values.ts'
import { advanceTestClock } from '#core/test-clock/advance-test-clock.ts'

const span = z.string().transform((text, issues) => {
  const duration = readSpan(text)
  if (duration !== undefined) return duration
  issues.addIssue({ code: 'custom', message: 'must be a span such as 30d, 2w, 1mo, 1y or P1M2D' })
  return z.NEVER
})

export const timeAdvance = command({
  name: 'time advance',
  says: 'Moves a business’s own time in test mode and does all that falls due on the way. It never goes back.',
  options: {
    business: required(businessId()),
    to: option('TIME', 'a moment, such as 2027-03-31T09:30:00Z', instant()),
    by: option('SPAN', 'from its present time on: 30d, 2w, 1mo, 1y or ISO 8601', span),
  },
  async run(portico, { business, to, by }) {
    if ((to === undefined) === (by === undefined)) throw new UsageError('Name either --to TIME or --by SPAN.')
    const ctx = await testBusiness(portico, business)
    const from = ctx.clock.now()
    const now = await advanceTestClock(ctx, to ?? later(from, by as Temporal.Duration))
    const data = { business_id: business, from: from.toString(), now: now.toString() }
    return { data, text: `It is ${seconds(now)} at ${business} now; it was ${seconds(from)}.` }
  },
})

/** Months and years are those of the calendar in UTC, as billing periods are. */
function later(from: Temporal.Instant, by: Temporal.Duration): Temporal.Instant {
  return from.toZonedDateTimeISO('UTC').add(by).toInstant()
}

function seconds(at: Temporal.Instant): string {
  return at.toString({ smallestUnit: 'second' })
}
