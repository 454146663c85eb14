// Wallets through the published SDK.
import type DodoPayments from 'dodopayments'
import { BadRequestError, NotFoundError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

describe('wallets', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments
  let customer_id: string

  beforeEach(async () => {
    world = await newWorld()
    client = checkedClient(world)
    const mara = { email: 'mara@northwind.example', name: 'Mara', phone_number: null }
    customer_id = (await createCustomer(await world.fresh(), mara)).customer_id
  })

  const entries = () => client.customers.wallets.ledgerEntries
  const usd = { currency: 'USD', entry_type: 'credit' } as const

  test('what is paid in and taken out adds up', async () => {
    expect(await client.customers.wallets.list(customer_id)).toEqual({ items: [], total_balance_usd: 0 })
    await entries().create(customer_id, { ...usd, amount: 2500, reason: 'Goodwill' })
    const wallet = await entries().create(customer_id, { ...usd, amount: 700, entry_type: 'debit' })
    expect(wallet).toMatchObject({ customer_id, currency: 'USD', balance: 1800 })
    await entries().create(customer_id, { amount: 100, currency: 'JPY', entry_type: 'credit' })
    const { items, total_balance_usd } = await client.customers.wallets.list(customer_id)
    expect(items.map(({ currency, balance }) => [currency, balance])).toEqual([
      ['JPY', 100],
      ['USD', 1800],
    ])
    expect(total_balance_usd).toBe(1800)
    const listed = await entries().list(customer_id, { currency: 'USD', page_number: 0 })
    expect(listed.items.map(({ amount, is_credit, after_balance }) => [amount, is_credit, after_balance])).toEqual(
      expect.arrayContaining([
        [2500, true, 2500],
        [700, false, 1800],
      ]),
    )
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('one idempotency key is one entry, however many ask at once', async () => {
    const once = { ...usd, amount: 300, idempotency_key: 'case-4711' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => entries().create(customer_id, once)))
    expect(answers.map(({ balance }) => balance)).toEqual(Array(10).fill(300))
    expect(await rowsOf(world, 'wallet_entries')).toHaveLength(1)
    await entries().create(customer_id, { ...once, idempotency_key: 'case-4712' })
    expect((await client.customers.wallets.list(customer_id)).total_balance_usd).toBe(600)
  })

  test('a wallet cannot hold less than nothing, and a stranger has none', async () => {
    await entries().create(customer_id, { ...usd, amount: 300 })
    const refused = entries().create(customer_id, { amount: 301, currency: 'USD', entry_type: 'debit' })
    await expect(refused).rejects.toThrow(BadRequestError)
    await expect(refused).rejects.toMatchObject({ error: { code: 'INSUFFICIENT_WALLET_FUNDS' } })
    expect((await client.customers.wallets.list(customer_id)).total_balance_usd).toBe(300)
    await expect(client.customers.wallets.list('cus_nobody')).rejects.toThrow(NotFoundError)
    await expect(entries().create('cus_nobody', { ...usd, amount: 1 })).rejects.toThrow(NotFoundError)
  })

  test('twenty debits of 100 against 1000 at once: ten go through', async () => {
    await entries().create(customer_id, { ...usd, amount: 1000 })
    const debit = { amount: 100, currency: 'USD', entry_type: 'debit' } as const
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => entries().create(customer_id, debit)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect((await client.customers.wallets.list(customer_id)).total_balance_usd).toBe(0)
    expect(await brokenInvariants(world)).toEqual([])
  })
})
