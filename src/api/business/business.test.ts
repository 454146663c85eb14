import { expect, test } from 'vitest'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { call } from '#test/support/api-calls.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

const path = '/portico/business'
const patch = (world: World, json: object) => call(world, path, { method: 'PATCH', json })

test('what is named changes, null clears, the rest stays, and each change is in the audit', async () => {
  const world = await newWorld()
  const first = await call(world, path)
  expect(first.body).toMatchObject({
    business_id: world.business_id,
    name: 'Linden Studio',
    legal_name: null,
    timezone: 'UTC',
    allow_subscription_cancellation: true,
    allow_subscription_updates: false,
    dunning_step_1_days: 1,
    return_url: null,
  })
  const wish = {
    name: 'Linden & Co',
    timezone: 'europe/stockholm',
    country: 'SE',
    allow_subscription_updates: true,
    return_url: 'https://linden.example/account',
    dunning_step_1_days: null,
    effective_at_on_downgrade: 'next_billing_date',
  }
  const changed = await patch(world, { ...wish, rate_limit_tier: 'unlimited', business_id: 'bus_x' })
  expect(changed.body).toEqual({ ...first.body, ...wish, timezone: 'Europe/Stockholm' })
  expect((await call(world, path)).body).toEqual(changed.body)
  const cleared = await patch(world, { country: null, return_url: null, support_email: null })
  expect(cleared.body).toEqual({ ...changed.body, country: null, return_url: null, support_email: null })
  expect((await patch(world, cleared.body)).body).toEqual(cleared.body)
  const audit = (await rowsOf(world, 'audit_entries')).filter(({ resource_id }) => resource_id === world.business_id)
  expect(audit.map(({ action, actor_type, details }) => [action, actor_type, Object.keys(details).sort()])).toEqual([
    ['business.updated', 'api_key', ['country', 'name', 'timezone']],
    [
      'settings.updated',
      'api_key',
      ['allow_subscription_updates', 'dunning_step_1_days', 'effective_at_on_downgrade', 'return_url'],
    ],
    ['business.updated', 'api_key', ['country', 'support_email']],
    ['settings.updated', 'api_key', ['return_url']],
  ])
})

test.each([
  [{ name: null }, /^name /],
  [{ name: ' ' }, /^name must not be blank/],
  [{ timezone: '+02:00' }, /^timezone must be a name of the IANA/],
  [{ support_email: 'nobody' }, /^support_email must be one e-mail/],
  [{ return_url: 'javascript:alert(1)' }, /^return_url must be an absolute/],
  [{ grace_period_days: 31 }, /^grace_period_days must be at most 30/],
  [{ allow_subscription_pause: 'yes' }, /^allow_subscription_pause must be a boolean/],
  [{ proration_billing_mode_on_upgrade: 'free' }, /^proration_billing_mode_on_upgrade must be one of/],
] as [object, RegExp][])('%j is refused', async (body, message) => {
  const world = await newWorld()
  const answer = await patch(world, body)
  expect(answer.body).toMatchObject({ code: 'INVALID_REQUEST_BODY', message: expect.stringMatching(message) })
  expect(answer.status).toBe(422)
})

test('once there is a key for live mode, one of test mode changes the settings of test mode and not who the business is', async () => {
  const world = await newWorld()
  const ctx = await world.fresh()
  await createApiKey({ ...ctx, mode: 'live' }, { name: 'live' })
  expect(await patch(world, { legal_name: 'Somebody Else' })).toMatchObject({
    status: 403,
    body: { code: 'FORBIDDEN' },
  })
  expect((await patch(world, { allow_subscription_pause: true })).body).toMatchObject({
    allow_subscription_pause: true,
  })
  // What changes nothing is nobody's harm.
  expect((await patch(world, { name: 'Linden Studio' })).status).toBe(200)
})
