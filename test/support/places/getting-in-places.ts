// Before the sign-in, and with all that an address has.
import type { Page } from 'playwright-core'
import { createInvite } from '#core/sessions/create-invite.ts'
import { type Grounds, type Place, portal, press, sendUnchecked } from './grounds.ts'

const invite = ({ world, everyday }: Grounds) =>
  world.fresh().then((ctx) => createInvite(ctx, { customer_id: everyday.customer_id }))

const enterAddress = async (page: Page) => {
  await page.locator('main input[name=email]').fill('mara@northwind.example')
  await press(page, 'main form [type=submit]')
  await page.locator('input[name=code]').waitFor()
}

/** Everything an address has, and whom to be where it has several customers. */
export const everywhere: Place[] = [
  { name: 'all businesses', as: 'everywhere', plain: true, at: ({ world }) => world.urls.businesses.overview() },
  {
    name: 'billing of all businesses',
    as: 'everywhere',
    plain: true,
    at: ({ world }) => world.urls.businesses.billingHistory(),
  },
  { name: 'choice of customers', as: 'everywhere', plain: true, at: (on) => portal(on).choice(on.world.business_id) },
  { name: 'signed-in browsers', as: 'everywhere', at: (on) => portal(on).sessions(on.world.business_id) },
  { name: 'sign-in to all businesses', at: ({ world }) => world.urls.home() },
]

/** Before the sign-in. */
export const gettingIn: Place[] = [
  { name: 'sign-in', main: true, at: ({ world }) => world.urls.login(world.business_id) },
  { name: 'sign-in with a problem', at: ({ world }) => world.urls.login(world.business_id), act: sendUnchecked },
  { name: 'look in your inbox', main: true, at: ({ world }) => world.urls.login(world.business_id), act: enterAddress },
  { name: 'personal link', at: invite },
  {
    name: 'used link',
    at: async (on) => {
      const link = await invite(on)
      const body = new URLSearchParams({ continue: 'yes' })
      await fetch(link, { method: 'POST', body, headers: { origin: on.world.url }, redirect: 'manual' })
      return link
    },
  },
  { name: 'unknown link', at: ({ world }) => world.urls.session('A'.repeat(43)) },
  {
    name: 'signed out',
    at: invite,
    act: async (page) => {
      await press(page, 'main form [type=submit]')
      await page.locator('.app').waitFor()
      await page
        .locator('form[action$=sign-out]')
        .first()
        .evaluate((form: HTMLFormElement) => form.submit())
      await page.locator('.plain').waitFor()
    },
  },
  { name: 'sign-in needed', at: (on) => portal(on).overview(on.world.business_id) },
  { name: 'no such page', at: ({ world }) => `${world.url}/nothing` },
]
