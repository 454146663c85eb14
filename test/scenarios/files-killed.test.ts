// Whatever kills the process, before or after any commit and any call to the file store: in the end each object has its row, and each row
// that says so its object.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import { updateEntitlement } from '#core/entitlements/update-entitlement.ts'
import { addFile } from '#core/files/add-file.ts'
import { detachFile } from '#core/files/attach-files.ts'
import { expectFile } from '#core/files/expect-file.ts'
import { receiveFile } from '#core/files/receive-file.ts'
import { removeFile } from '#core/files/remove-file.ts'
import type { BusinessCtx } from '#src/context.ts'
import { download } from '#test/support/buy.ts'
import { crashPointsOf, runUntilKilled } from '#test/support/crash-points.ts'
import { inPieces, storedNames } from '#test/support/files.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

interface Scene {
  world: World
  entitlement_id: string
  /** Attached already. */
  file_id: string
  awaited_id: string
}

const content = () => inPieces(randomBytes(1000))
const sent = () => ({ filename: 'a.zip', content_type: null, content: content() })

async function setScene(): Promise<Scene> {
  const world = await newWorld()
  const ctx = await world.fresh()
  const { entitlement_id } = await createEntitlement(ctx, {
    ...{ name: 'Brushes', description: null, integration_type: 'digital_files', metadata: {} },
    integration_config: { external_url: null, instructions: null },
  })
  const file_id = await addFile(ctx, entitlement_id, sent())
  const { product_id } = await createProduct(ctx, download(2000))
  return { world, entitlement_id, file_id, awaited_id: (await expectFile(ctx, product_id, 'b.zip')).file_id }
}

const flows: Record<string, (ctx: BusinessCtx, scene: Scene) => Promise<unknown>> = {
  'a file that comes for an entitlement': (ctx, { entitlement_id }) => addFile(ctx, entitlement_id, sent()),
  'a file that comes by its address': (ctx, { awaited_id }) => receiveFile(ctx, awaited_id, sent()),
  'a file that is taken off and away': async (ctx, { entitlement_id, file_id }) => {
    await detachFile(ctx, entitlement_id, file_id)
    await removeFile(ctx, file_id)
  },
}

async function expectBalanced({ world }: Scene) {
  const rows = await rowsOf(world, 'files')
  expect(rows.map(({ state }) => state).filter((state) => state !== 'stored')).toEqual([])
  expect(await storedNames(world)).toEqual(rows.map(({ file_id }) => file_id).sort())
  expect(await brokenInvariants(world)).toEqual([])
}

describe.each(Object.keys(flows))('%s', (name) => {
  test('killed anywhere', async () => {
    const flow = flows[name] ?? (() => Promise.reject(new Error('no flow')))
    const whole = await setScene()
    const points = await crashPointsOf(await whole.world.fresh(), (ctx) => flow(ctx, whole))
    expect(points.length).toBeGreaterThanOrEqual(4)
    expect(points.some((point) => /before (put|remove)/.test(point))).toBe(true)
    for (const at of points.keys()) {
      const scene = await setScene()
      const killed = await runUntilKilled(await scene.world.fresh(), at, (ctx) => flow(ctx, scene))
      expect(killed, points[at]).toBe(true)
      scene.world.advanceWall({ hours: 30 })
      await scene.world.work()
      await expectBalanced(scene)
    }
  })
})

test('taken away and attached at the same moment: it stays whole or goes whole', async () => {
  for (let round = 0; round < 6; round += 1) {
    const scene = await setScene()
    const { world, entitlement_id, awaited_id } = scene
    await receiveFile(await world.fresh(), awaited_id, sent())
    world.advanceWall({ hours: 24, seconds: 1 })
    const ctx = await world.fresh()
    const config = { external_url: null, instructions: null }
    const files = { digital_file_ids: [awaited_id] }
    const [attached] = await Promise.allSettled([
      updateEntitlement(ctx, entitlement_id, { integration_config: config, files }),
      removeFile(ctx, awaited_id),
    ])
    if (attached.status === 'rejected') expect(attached.reason).toMatchObject({ code: 'NOT_FOUND' })
    await world.work()
    await expectBalanced(scene)
    const rows = (await rowsOf(world, 'files')).map(({ file_id }) => file_id)
    expect(rows.includes(awaited_id)).toBe(attached.status === 'fulfilled')
  }
})

test('the store is away: the file waits for its end, and goes when the store is back', async () => {
  const scene = await setScene()
  const { world, entitlement_id, file_id } = scene
  await detachFile(await world.fresh(), entitlement_id, file_id)
  const ctx = await world.fresh()
  const away = { ...ctx.storage, remove: () => Promise.reject(new Error('away')) }
  await expect(removeFile({ ...ctx, storage: away }, file_id)).rejects.toThrow('away')
  expect(await storedNames(world)).toEqual([file_id])
  world.advanceWall({ hours: 1 })
  await world.work()
  expect(await storedNames(world)).toEqual([])
})
