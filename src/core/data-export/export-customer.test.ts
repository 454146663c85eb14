import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { exportCustomer } from '#core/data-export/export-customer.ts'
import { leftOut, personalTables } from '#core/data-export/personal-tables.ts'
import { buy, download, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'

const { newWorld } = stage()

async function exported(world: Awaited<ReturnType<typeof newWorld>>, customer_id: string) {
  let text = ''
  for await (const part of exportCustomer(await world.fresh(), customer_id)) text += part
  return { text, data: JSON.parse(text) as Record<string, Record<string, unknown>[]> }
}

test('every table with a customer in it is exported, or left out for a reason', async () => {
  const world = await newWorld()
  const found = await sql<{ table_name: string }>`select table_name from information_schema.columns
    where table_schema = current_schema() and column_name = 'customer_id'`.execute(world.ctx.db)
  const direct = personalTables.filter(({ of }) => of === undefined).map(({ table }) => table as string)
  expect([...direct, ...Object.keys(leftOut)].sort()).toEqual(found.rows.map(({ table_name }) => table_name).sort())
})

test('holds what was bought and done, of nobody else, and no secret', async () => {
  const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const bought = await buy(world, plan({}, { license_key_enabled: true }))
  const other = await buy(world, download(900), { email: 'other@elsewhere.example', name: 'Other Person' })
  await world.advanceTo('2026-04-02T00:00:00Z')
  const { text, data } = await exported(world, bought.customer_id)
  // Bought on 1 January, renewed on the 31st, 2 and 30 or so days later: four payments with an invoice each.
  expect(data.payments?.length).toBe(data.invoices?.length)
  expect(data.payments?.length).toBeGreaterThan(2)
  expect(data.customers).toHaveLength(1)
  expect(data.license_keys?.[0]?.key).toEqual(expect.stringMatching(/\S{8,}/))
  expect(text).not.toContain(other.customer_id)
  expect(text).not.toContain('elsewhere.example')
  expect(text).not.toMatch(/"(?:token_hash|nonce|processor_key|processor_reference|claim_token)"/)
  const kinds = new Set(data.audit_entries?.map(({ action }) => action))
  expect(kinds).toContain('customer.data_exported')
})
