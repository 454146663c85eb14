// The cancel form as people really send it: twice, late, and after something changed in another window.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { type Bought, buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { signIn, type Visit } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let bought: Bought
let visit: Visit

const page = () => world.urls.portal.subscription(world.business_id, bought.subscription_id)
const cancellation = () => world.urls.portal.cancellation(world.business_id, bought.subscription_id)
const state = () => stateOf(world, bought.subscription_id)
const send = (effective_at: 'next_billing_date' | 'immediately') =>
  visit.post(cancellation(), { effective_at, cancellation_feedback: 'unused', cancellation_comment: '' })
const doneOf = (answer: Response) =>
  new URL(answer.headers.get('location') ?? 'http://nowhere').searchParams.get('done')
const textOf = async (answer: Response) => (await answer.text()).replaceAll(/<[^>]*>/g, ' ')

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  bought = await buy(world, plan())
  visit = await signIn(world, bought.customer_id)
})

test('an end at the next billing date never becomes one at once: paused meanwhile, the page asks anew', async () => {
  await pauseSubscription(await world.fresh(), bought.subscription_id, { resumes_at: null })
  const answer = await send('next_billing_date')
  expect([answer.status, await state()]).toEqual([409, expect.stringMatching(/^paused/)])
  expect(await textOf(answer)).toContain('That is not possible any more, and nothing was done.')
  expect(doneOf(await send('immediately'))).toBe('cancelled')
  expect(await brokenInvariants(world)).toEqual([])
})

describe('pressed again', () => {
  test('at once: it is cancelled, and every press says so', async () => {
    const answers = await Promise.all([send('immediately'), send('immediately'), send('immediately')])
    expect([...answers, await send('immediately')].map(doneOf)).toEqual(Array(4).fill('cancelled'))
    expect(
      (await rowsOf(world, 'audit_entries')).filter(({ action }) => action === 'subscription.cancelled').length,
    ).toBe(1)
  })

  test('at the next billing date: it is scheduled once, and told once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => send('next_billing_date')))
    expect(answers.map(doneOf)).toEqual(Array(6).fill('cancellation_scheduled'))
    expect((await textOf(await visit.get(page()))).match(/Cancellation scheduled/g)?.length).toBe(1)
  })
})

test('where the business lets nobody cancel, the page says whom to ask', async () => {
  await setSettings(await world.fresh(), { allow_subscription_cancellation: false })
  const answer = await send('immediately')
  expect([answer.status, await state()]).toEqual([403, expect.stringMatching(/^active/)])
  expect(await textOf(answer)).toContain('To cancel, please write to')
})

test('where only an end at once is allowed, the other choice is gone and nothing is done', async () => {
  await setSettings(await world.fresh(), { allow_cancellation_at_next_billing_date: false })
  const answer = await send('next_billing_date')
  expect([answer.status, await state()]).toEqual([403, expect.stringMatching(/^active/)])
  expect(await answer.text()).not.toContain('value="next_billing_date"')
})

test('an address that says what was not done is not believed', async () => {
  const told = async (done: string) => textOf(await visit.get(`${page()}?done=${done}`))
  expect(await told('cancelled')).not.toContain('is cancelled')
  expect(await told('paused')).not.toContain('is paused')
  await send('immediately')
  expect(await told('cancelled')).toContain('is cancelled')
})

test('signed out, lost or refused, one reads one’s own language', async () => {
  await updateCustomer(await world.fresh(), bought.customer_id, { locale: 'ar' })
  const lang = async (answer: Response) => (await answer.text()).match(/<html lang="(\w+)"/)?.[1]
  expect(await lang(await visit.get(`${world.urls.portal.overview(world.business_id)}nope`))).toBe('ar')
  expect(await lang(await visit.get(`${cancellation()}/offers/nope`))).toBe('ar')
  expect(await lang(await visit.post(world.urls.portal.signOut(world.business_id)))).toBe('ar')
})

test('sent without a session, a form says that nothing was done', async () => {
  const answer = await world.app.request(cancellation(), {
    method: 'POST',
    headers: { origin: world.urls.base, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'effective_at=immediately&cancellation_feedback=unused',
  })
  expect([answer.status, await state()]).toEqual([401, expect.stringMatching(/^active/)])
  expect(await textOf(answer)).toContain('was not')
})
