// Keys that were sold before entitlements: the migration makes each of them the delivery of a grant.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '#db/migrate.ts'
import { createEmptyDatabase } from '#test/support/database.ts'

const SHIPPED = 'migrations'
const ENTITLEMENTS = '0011'

test('a key of each kind is granted, rests, or is closed for the reason it had', async () => {
  const database = await createEmptyDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'portico-older-'))
  onTestFinished(async () => {
    rmSync(folder, { recursive: true })
    await database.drop()
  })
  cpSync(SHIPPED, folder, { recursive: true })
  for (const file of readdirSync(join(folder, 'mode'))) {
    if (file.slice(0, 4) >= ENTITLEMENTS) rmSync(join(folder, 'mode', file))
  }
  await migrate(database.connections, folder)
  const owner = await database.connections.connect()
  await owner.query(`set search_path = test, accounts;
    insert into businesses (business_id, name, email, currency, invoice_prefix, created_at)
      values ('bus_1', 'Linden Studio', 'hello@linden.example', 'USD', 'LS', now());
    insert into customers (business_id, customer_id, email, name, created_at, updated_at)
      values ('bus_1', 'cus_1', 'mara@northwind.example', 'Mara', now(), now());`)
  await owner.query(`insert into products (business_id, product_id, name, tax_category, price_type, currency, price,
        license_key_enabled, license_key_activations_limit, created_at, updated_at)
      values ('bus_1', 'pdt_sold', 'Brush pack', 'saas', 'one_time_price', 'USD', 900, true, 3, now(), now()),
             ('bus_1', 'pdt_gone', 'Old pack', 'saas', 'one_time_price', 'USD', 900, false, null, now(), now()),
             ('bus_1', 'pdt_none', 'Poster', 'saas', 'one_time_price', 'USD', 900, false, null, now(), now())`)
  await owner.query(`insert into license_keys (business_id, license_key_id, key, customer_id, product_id, status, created_at, replaced_at)
      values ('bus_1', 'lic_live', 'a', 'cus_1', 'pdt_sold', 'active', now(), null),
             ('bus_1', 'lic_old', 'b', 'cus_1', 'pdt_gone', 'active', now(), null),
             ('bus_1', 'lic_taken', 'c', 'cus_1', 'pdt_sold', 'disabled', now(), now()),
             ('bus_1', 'lic_off', 'd', 'cus_1', 'pdt_sold', 'disabled', now(), null),
             ('bus_1', 'lic_over', 'e', 'cus_1', 'pdt_sold', 'expired', now(), null)`)
  await migrate(database.connections, SHIPPED)
  const { rows } = await owner.query(`select substr(grant_id, 6) || ' ' || substr(entitlement_id, 5) || ' ' || status
      || coalesce(' ' || revocation_reason, '') as told from entitlement_grants order by grant_id`)
  expect(rows.map(({ told }) => told)).toEqual([
    'live sold Delivered',
    'off sold Revoked license_key_disabled',
    'old gone Delivered',
    'over sold Delivered',
    'taken sold Revoked plan_changed',
  ])
  const linked =
    await owner.query(`select product_entitlements.product_id, integration_config->>'activations_limit' as devices
      from product_entitlements join entitlements using (business_id, entitlement_id) where deleted_at is null`)
  await owner.end()
  expect(linked.rows.map(({ devices }) => devices)).toEqual(['3'])
})
