// What a merchant would be sent for everything that happened in a world: each message verifies by Standard Webhooks, parses with the
// published SDK, and holds what was published of its type.
import { existsSync, readFileSync } from 'node:fs'
import { from } from '#core/scope.ts'
import { payloadKindOf } from '#core/webhooks/payload-kinds.ts'
import { newSigningSecret, sealSecret } from '#core/webhooks/secret.ts'
import type { BusinessCtx } from '#src/context.ts'
import { composeMessage } from '#worker/webhooks/message.ts'
import type { World } from './world.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
const published = new URL('../../../shared/contract/webhook-examples.json', import.meta.url)
const examples: Record<string, { data: object }> = existsSync(published)
  ? JSON.parse(readFileSync(published, 'utf8'))
  : {}

/** Empty where all is well. The newest event of each type; all of them in the nightly run. */
export async function brokenWebhooks(world: World): Promise<string[]> {
  // Messages are signed under the time of now, which the SDK compares with the machine's.
  const ctx: BusinessCtx = { ...(await world.fresh()), wall: { now: () => Temporal.Now.instant() } }
  const happened = await from(ctx, 'events')
    .select(['event_id', 'type', 'resource_id', 'occurred_at'])
    .where('audience', '=', 'merchant')
    .orderBy('event_id', 'desc')
    .execute()
  const sent = happened.filter(({ type }) => payloadKindOf(type) !== undefined)
  const newest = [...new Map(sent.toReversed().map((event) => [event.type, event])).values()]
  const webhook_id = 'whk_read_by_the_tests'
  const secret = newSigningSecret()
  const webhook = {
    webhook_id,
    url: 'http://127.0.0.1/',
    secret: sealSecret(ctx, webhook_id, secret),
    previous_secret: null,
    previous_secret_until: null,
    headers: null,
  }
  const problems = await Promise.all(
    (full ? sent : newest).map(async (event) => {
      const { body, headers } = await composeMessage(ctx, webhook, event)
      const told = world.client().webhooks.unwrap(body, { headers, key: secret })
      return problemsOf(told, event.type, world.business_id)
    }),
  )
  return problems.flat()
}

function problemsOf(told: { type: string; business_id: string; data: object }, type: string, business_id: string) {
  const missing = missingKeys(told)
  return [
    ...(told.type === type && told.business_id === business_id ? [] : [`webhook ${type}: says ${told.type}`]),
    ...(missing.length === 0 ? [] : [`webhook ${type}: lacks ${missing.join(', ')}`]),
  ]
}

/** Of the examples, which are older than the SDK's types. */
const GONE = new Set(['entitlement_grant.external_id'])

/** Keys of the published example that the payload lacks. */
export function missingKeys(event: { type: string; data: object }): string[] {
  return Object.keys(examples[event.type]?.data ?? {}).filter(
    (key) => !(key in event.data) && !GONE.has(`${event.type.split('.')[0]}.${key}`),
  )
}
