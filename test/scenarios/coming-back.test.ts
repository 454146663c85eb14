// Ways back: from a session that ended, to the business's own pages, and at a business that sells no more.
import { expect, test } from 'vitest'
import { archiveBusiness } from '#core/businesses/archive-business.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { cookieSet, ownForm, pressLink, SESSION, signIn, visitWith } from '#test/support/visit.ts'

const { newWorld } = stage()

test('a form sent after the session ended changes nothing and leads back to the page it was on', async () => {
  const world = await newWorld()
  const { customer_id, subscription_id } = await buy(world, plan())
  const visit = await signIn(world, customer_id)
  const cancel = world.urls.portal.cancellation(world.business_id, subscription_id)
  await visit.post(world.urls.portal.language(world.business_id), { locale: 'en' })
  world.advanceWall({ hours: 3 })
  const headers = { ...ownForm(world), referer: `${cancel}?from=x` }
  const answer = await visit.post(cancel, { effective_at: 'immediately' }, headers)
  expect(answer.status).toBe(401)
  const page = await answer.text()
  expect(page).toContain('what you sent was not done')
  const to = new URLSearchParams({ to: `${new URL(cancel).pathname}?from=x` }).toString()
  expect(page.replaceAll('&amp;', '&')).toContain(`/login/${world.business_id}?${to}`)
  expect((await getSubscription(await world.fresh(), subscription_id)).status).toBe('active')
  const foreign = await visit.post(cancel, {}, { ...ownForm(world), referer: 'https://evil.example/x' })
  expect(await foreign.text()).not.toContain('?to=')
})

test('the way back to the business stands on every page: its own, or the one given with the link', async () => {
  const world = await newWorld()
  const { customer_id } = await buy(world, plan())
  await setSettings(await world.fresh(), { return_url: 'https://linden.example/home' })
  const read = async (url: string, cookie = '') => (await world.app.request(url, { headers: { cookie } })).text()
  expect(await read(world.urls.login(world.business_id))).toContain('href="https://linden.example/home"')
  const { link } = await world.client().customers.customerPortal.create(customer_id, {
    return_url: 'https://linden.example/account',
  })
  expect(await read(link)).toContain('href="https://linden.example/account"')
  const token = cookieSet(await pressLink(world, link), SESSION)
  const { cookie } = await visitWith(world, `${SESSION}=${token}`)
  for (const path of ['', 'subscriptions', 'nothing-here', 'choice', 'profile/sessions']) {
    const page = await read(`${world.urls.portal.overview(world.business_id)}${path}`, cookie)
    expect(page, path).toContain('href="https://linden.example/account"')
  }
})

test('at a business that sells no more, its customers sign in, cancel, and are told that nothing new begins', async () => {
  const world = await newWorld()
  const { customer_id, subscription_id } = await buy(world, plan())
  await archiveBusiness(await world.fresh())
  const closed = await (await world.app.request(world.urls.login(world.business_id))).text()
  expect(closed).toContain('no longer sells here')
  const visit = await signIn(world, customer_id)
  const at = world.urls.portal
  for (const url of [
    at.planChange(world.business_id, subscription_id),
    at.resubscription(world.business_id, subscription_id),
    at.cancellationUndo(world.business_id, subscription_id),
  ]) {
    const answer = await visit.post(url)
    expect(answer.status, url).toBe(409)
    expect(await answer.text()).toContain('Nothing new can be begun there')
  }
  const cancelled = await visit.post(at.cancellation(world.business_id, subscription_id), {
    effective_at: 'immediately',
    cancellation_feedback: 'other',
  })
  expect(cancelled.status).toBe(303)
  expect((await getSubscription(await world.fresh(), subscription_id)).status).toBe('cancelled')
})
