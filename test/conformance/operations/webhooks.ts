// Webhooks through the published SDK: making them, changing them, reading what is kept of them.
import type DodoPayments from 'dodopayments'
import { NotFoundError, UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { createWebhook } from '#core/webhooks/create-webhook.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

describe('webhooks', () => {
  const { newWorld } = stage()

  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld()
    client = checkedClient(world)
  })

  const url = 'https://shop.example.com/webhooks'

  test('are created, retrieved, updated and deleted', async () => {
    const made = await client.webhooks.create({
      url,
      description: 'The shop',
      filter_types: ['subscription.renewed', 'payout.created'],
      metadata: { team: 'billing' },
      rate_limit: 20,
    })
    expect(made).toMatchObject({
      id: expect.stringMatching(/^whk_[0-9A-Za-z]{21}$/),
      url,
      description: 'The shop',
      filter_types: ['subscription.renewed', 'payout.created'],
      metadata: { team: 'billing' },
      rate_limit: 20,
      disabled: false,
    })
    expect(await client.webhooks.retrieve(made.id)).toEqual(made)
    const changed = await client.webhooks.update(made.id, { disabled: true, rate_limit: null, filter_types: null })
    expect(changed).toMatchObject({
      url,
      disabled: true,
      rate_limit: null,
      filter_types: null,
      description: 'The shop',
    })
    const cleared = await client.webhooks.update(made.id, {
      description: null,
      metadata: null,
      url: null,
      disabled: null,
    })
    expect(cleared).toMatchObject({ url, disabled: true, description: '', metadata: {} })
    const { secret } = await client.webhooks.retrieveSecret(made.id)
    expect(secret).toMatch(/^whsec_[0-9A-Za-z+/]{43}=$/)
    await client.webhooks.delete(made.id)
    await expect(client.webhooks.retrieve(made.id)).rejects.toThrow(NotFoundError)
    await expect(client.webhooks.retrieveSecret(made.id)).rejects.toThrow(NotFoundError)
    expect(await rowsOf(world, 'webhook_endpoints')).toEqual([])
  })

  test('asked for twice under one idempotency key are one, also at the same moment', async () => {
    const ask = () => client.webhooks.create({ url, idempotency_key: 'setup-1' })
    const made = await Promise.all([ask(), ask(), ask()])
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect((await client.webhooks.create({ url, idempotency_key: 'setup-2' })).id).not.toBe(made[0]?.id)
  })

  test('are listed by a cursor, each once, newest first', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) ids.push((await client.webhooks.create({ url: `${url}/${n}` })).id)
    const seen: string[] = []
    for await (const { id } of client.webhooks.list({ limit: 2 })) seen.push(id)
    expect(seen.toSorted()).toEqual(ids.toSorted())
    expect(seen).toEqual(seen.toSorted().reverse())
    const page = await client.webhooks.list({ limit: 5 })
    // The SDK makes an empty text of our null.
    expect([page.data.length, page.iterator, page.done]).toEqual([5, '', true])
    await expect(client.webhooks.list({ limit: 0 })).rejects.toThrow(UnprocessableEntityError)
  })

  test('send headers along, of which those that look like keys are not shown', async () => {
    const { id } = await client.webhooks.create({
      url,
      headers: { 'X-Shop': 'linden', Authorization: 'Bearer s3cr3t' },
    })
    expect(await client.webhooks.headers.retrieve(id)).toEqual({
      headers: { 'x-shop': 'linden' },
      sensitive: ['authorization'],
    })
    await client.webhooks.headers.update(id, { headers: { 'x-shop': 'harbour', 'x-more': '1', authorization: '' } })
    expect(await client.webhooks.headers.retrieve(id)).toEqual({
      headers: { 'x-more': '1', 'x-shop': 'harbour' },
      sensitive: [],
    })
  })

  test.each([
    ['a header the message needs', { headers: { 'Webhook-Signature': 'v1,x' } }],
    ['a host of its own', { headers: { Host: 'inside' } }],
    ['a line break in a header', { headers: { 'x-shop': 'a\r\nx-evil: b' } }],
    ['a name that is none', { headers: { 'x shop': 'a' } }],
    ['an address inside', { url: 'https://10.0.0.1/' }],
    ['the address of a cloud’s own service', { url: 'http://169.254.169.254/latest/meta-data' }],
    ['a password in the address', { url: 'https://me:secret@shop.example.com/' }],
    ['another protocol', { url: 'ftp://shop.example.com/' }],
    ['an unknown type', { filter_types: ['customer.created'] as never }],
    ['a negative limit', { rate_limit: -1 }],
  ])('are refused with %s', async (_, change) => {
    await expect(client.webhooks.create({ url, ...change })).rejects.toThrow(UnprocessableEntityError)
    expect(await rowsOf(world, 'webhook_endpoints')).toEqual([])
  })

  test('are at most fifty', async () => {
    const ctx = await world.fresh()
    for (let n = 0; n < 50; n += 1) await createWebhook(ctx, { url: `${url}/${n}` })
    await expect(client.webhooks.create({ url })).rejects.toThrow('at most 50')
    expect((await rowsOf(world, 'webhook_endpoints')).length).toBe(50)
  })
})
