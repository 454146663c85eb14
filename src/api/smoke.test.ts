import { expect, test } from 'vitest'
import { createWorld } from '#test/support/world.ts'
import { buy } from '#test/support/buy.ts'
import { writeFileSync } from 'node:fs'
test('smoke', async () => {
  const world = await createWorld({ startsAt: '2026-01-31T10:00:00Z' })
  const b = await buy(world)
  const c = world.client()
  console.log(JSON.stringify(await c.subscriptions.retrieve(b.subscription_id), null, 1))
  const ps = await c.payments.list({ page_number: 0 })
  console.log(JSON.stringify(ps.items, null, 1))
  console.log(JSON.stringify(await c.payments.retrieve(ps.items[0]!.payment_id), null, 1))
  const doc = await (await world.app.request(world.urls.openapi())).json()
  writeFileSync('/tmp/apiw/openapi.json', JSON.stringify(doc, null, 1))
  const page = await world.app.request(world.urls.apiDocs())
  console.log(page.status, Object.fromEntries(page.headers))
  writeFileSync('/tmp/apiw/docs.html', await page.text())
  expect(page.status).toBe(200)
})
