// The files of a business, which together have only so much room.
import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { addFile } from '#core/files/add-file.ts'
import { detachFile } from '#core/files/attach-files.ts'
import { expectFile } from '#core/files/expect-file.ts'
import { receiveFile } from '#core/files/receive-file.ts'
import type { BusinessCtx } from '#src/context.ts'
import { download } from '#test/support/buy.ts'
import { inPieces, storedNames } from '#test/support/files.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const FULL = { code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('no room for this file') }

let world: World
let ctx: BusinessCtx
let entitlement_id: string
beforeEach(async () => {
  world = await newWorld()
  ctx = { ...(await world.fresh()), files_per_business: 250_000 }
  const integration_config = { digital_file_ids: [] }
  const made = await world
    .client()
    .entitlements.create({ name: 'Brushes', integration_type: 'digital_files', integration_config })
  entitlement_id = made.id
})

const bytes = (size: number) => ({ content_type: null, content: inPieces(randomBytes(size), 10_000) })
const add = (size: number) => addFile(ctx, entitlement_id, { filename: 'a.zip', ...bytes(size) })

test('of two that come at once and fit one by one, one is taken; what is taken away makes room', async () => {
  const both = await Promise.allSettled([add(150_000), add(150_000)])
  const taken = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const refused = both.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect([taken.length, refused]).toEqual([1, [expect.objectContaining(FULL)]])
  await world.work()
  expect(await storedNames(world)).toEqual(taken)
  await add(100_000)
  await expect(add(1)).rejects.toMatchObject(FULL)
  await detachFile(ctx, entitlement_id, taken[0] ?? '')
  await expect(add(150_001)).rejects.toMatchObject(FULL)
  await add(150_000)
})

test('an address that was handed out is refused when there is no room, and good again when there is', async () => {
  const { product_id } = await createProduct(ctx, download(2000))
  const { file_id } = await expectFile(ctx, product_id, 'a.zip')
  const filling = await add(200_000)
  await expect(receiveFile(ctx, file_id, bytes(50_001))).rejects.toMatchObject(FULL)
  await detachFile(ctx, entitlement_id, filling)
  await receiveFile(ctx, file_id, bytes(250_000))
})

test('a business is not full of what others have', async () => {
  await add(250_000)
  const other = await newWorld()
  const theirs = { ...(await other.fresh()), files_per_business: 250_000 }
  const { product_id } = await createProduct(theirs, download(2000))
  const { file_id } = await expectFile(theirs, product_id, 'b.zip')
  await receiveFile(theirs, file_id, bytes(250_000))
})
