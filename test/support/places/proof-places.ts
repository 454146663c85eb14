// Where one proves another address, or has everything deleted: each visit begins with somebody new.
import type { Page } from 'playwright-core'
import { getEmailChange, requestEmailChange } from '#core/profile/change-email.ts'
import { from } from '#core/scope.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { type Grounds, type Place, press } from './grounds.ts'

let visitors = 0

async function somebody({ world }: Grounds): Promise<string> {
  visitors += 1
  const email = `visitor-${visitors}@northwind.example`
  return (await world.client().customers.create({ email, name: 'Visitor' })).customer_id
}

async function proofLink(on: Grounds): Promise<string> {
  const ctx = await on.world.fresh()
  const customer_id = await somebody(on)
  await requestEmailChange(ctx, customer_id, `new-${visitors}@northwind.example`)
  const { change_id } = await from(ctx, 'email_changes')
    .select('change_id')
    .where('customer_id', '=', customer_id)
    .executeTakeFirstOrThrow()
  return (await getEmailChange(ctx, change_id)).url
}

const confirm = async (page: Page) => {
  await press(page, 'main form [name=confirm]')
  await page.locator('main a.btn').waitFor()
}

const deleteAll = async (page: Page) => {
  await press(page, 'main form [type=submit]')
  await page.locator('.app').waitFor()
  for (const place of ['/profile', '/deletion']) {
    const href = await page.locator(`a[href$="${place}"]`).first().getAttribute('href')
    await page.goto(new URL(href ?? '', page.url()).href)
  }
  await page.locator('main [name=understood]').check()
  await press(page, 'main form:has([name=understood]) button')
  await page.locator('.plain').waitFor()
}

export const proving: Place[] = [
  { name: 'proof of a new address', at: proofLink },
  { name: 'new address that is proved', at: proofLink, act: confirm },
  {
    name: 'everything deleted',
    at: async (on) => createInvite(await on.world.fresh(), { customer_id: await somebody(on) }),
    act: deleteAll,
  },
]
