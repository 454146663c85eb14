// The address of an invoice that a merchant hands on: it opens for whoever has it, for a month, and nothing else does.
import { expect, test } from 'vitest'
import { besides } from '#test/support/besides.ts'
import { buy, download } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

async function invoiced(world: World) {
  await buy(world, download(1900))
  const [payment] = await rowsOf(world, 'payments')
  const { invoice_url } = await world.client().payments.retrieve(payment?.payment_id ?? '')
  return { payment_id: payment?.payment_id ?? '', url: new URL(invoice_url ?? '') }
}

const opened = async (world: World, url: URL) => {
  const answer = await world.app.request(url.href)
  return [answer.status, answer.headers.get('content-type')?.split(';')[0]]
}

test('opens without signing in, all day the same, and is not stored by anybody on the way', async () => {
  const world = await newWorld()
  const { payment_id, url } = await invoiced(world)
  const answer = await world.app.request(url.href)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(answer.headers.get('cache-control')).toContain('no-store')
  const [item] = (await world.client().payments.list({ page_number: 0 })).items
  expect(item).toMatchObject({ payment_id, invoice_url: url.href })
})

test('opens nothing else: another payment, another business, a longer time, another letter', async () => {
  const world = await newWorld()
  const { url } = await invoiced(world)
  const elsewhere = await besides(world, {})
  const other = await invoiced(elsewhere)
  const changed = (change: (copy: URL) => void) => {
    const copy = new URL(url)
    change(copy)
    return copy
  }
  const until = Number(url.searchParams.get('until'))
  const signature = url.searchParams.get('signature') ?? ''
  for (const wrong of [
    changed((copy) => {
      copy.pathname = other.url.pathname
    }),
    changed((copy) => {
      copy.pathname = copy.pathname.replace(world.business_id, elsewhere.business_id)
    }),
    changed((copy) => copy.searchParams.set('until', String(until + 86_400))),
    changed((copy) => copy.searchParams.set('until', 'never')),
    changed((copy) =>
      copy.searchParams.set(
        'signature',
        signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      ),
    ),
    changed((copy) => copy.searchParams.delete('signature')),
  ]) {
    expect(await opened(world, wrong), wrong.href).toEqual([404, 'text/html'])
  }
})

test('after a month it leads to the payment, for whoever may sign in', async () => {
  const world = await newWorld()
  const { payment_id, url } = await invoiced(world)
  world.advanceWall({ hours: 24 * 30 })
  expect((await opened(world, url))[0]).toBe(200)
  world.advanceWall({ hours: 24 })
  const answer = await world.app.request(url.href)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(world.urls.portal.payment(world.business_id, payment_id))
})
