// Another address: asked for on the page, proved by a mail.
import { beforeEach, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { renderEmail } from '#email/render-email.tsx'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { signIn, type Visit } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let visit: Visit

beforeEach(async () => {
  world = await newWorld()
  const ctx = await world.fresh()
  const { customer_id } = await createCustomer(ctx, { email: 'mara@northwind.example', name: 'Mara' })
  await createCustomer(ctx, { email: 'noor@northwind.example', name: 'Noor' })
  visit = await signIn(world, customer_id)
})

const ask = async (email: string) => {
  const answer = await visit.post(world.urls.portal.profileEmail(world.business_id), { email })
  return { status: answer.status, html: await answer.text() }
}
const asked = () => rowsOf(world, 'email_changes')
const proofs = async () => (await rowsOf(world, 'emails')).filter(({ template }) => template === 'email-proof')

test('the address one has is said to be that, however it is written; that of somebody else is not told', async () => {
  for (const email of ['mara@northwind.example', ' Mara@Northwind.Example ']) {
    const { status, html } = await ask(email)
    expect([status, html.includes('This is the address you have already.')]).toEqual([422, true])
  }
  expect(await asked()).toEqual([])
  expect((await ask('noor@northwind.example')).status).toBe(303)
  expect(await asked()).toHaveLength(1)
})

test('asked twice before a mail went out, only the link that opens is sent', async () => {
  await ask('first@northwind.example')
  await ask('second@northwind.example')
  await world.work()
  const sent = (await proofs()).map(({ recipient, status, last_error }) => [recipient, status, last_error])
  expect(sent.sort()).toEqual([
    ['first@northwind.example', 'failed', 'What it tells was replaced before it was sent'],
    ['second@northwind.example', 'sent', null],
  ])
})

test('a mail that was sent still says what it said when another took its place', async () => {
  await ask('first@northwind.example')
  await world.work()
  const [mail] = await proofs()
  if (mail === undefined) throw new Error('no mail was sent')
  const before = await renderEmail(await world.fresh(), mail)
  await ask('second@northwind.example')
  expect(await renderEmail(await world.fresh(), mail)).toEqual(before)
})
