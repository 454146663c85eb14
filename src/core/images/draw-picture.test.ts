import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawBomb, drawPng, paint, paintMoving, pictures } from '#test/support/pictures.ts'
import { drawPicture } from './draw-picture.ts'

it('a picture has the name of its content and its size, and is always the same', async () => {
  const sent = await paint('jpeg', 320, 200)
  const picture = await drawPicture(sent, 'page', 'image')
  expect(picture.file).toMatch(/^[0-9a-f]{32}-320x200\.webp$/)
  expect(await sharp(picture.content).metadata()).toMatchObject({ format: 'webp', width: 320, height: 200 })
  expect(await sharp(picture.thumbnail ?? '').metadata()).toMatchObject({ format: 'webp', width: 168, height: 168 })
  expect(await drawPicture(sent, 'page', 'image')).toEqual(picture)
})

it.runIf(process.platform === 'linux')('a decoder that breaks loses one picture, and nothing else', async () => {
  const drawn = drawPicture(drawPng(2_000, 2_000), 'page', 'image')
  const refused = expect(drawn).rejects.toMatchObject({ code: 'INVALID_IMAGE', message: 'image cannot be read' })
  process.kill(await drawing(), 'SIGSEGV')
  await refused
  expect((await drawPicture(drawPng(20, 20), 'page', 'image')).file).toContain('-20x20.webp')
})

/** The process that draws, as soon as there is one. */
async function drawing(): Promise<number> {
  const tasks = `/proc/${process.pid}/task`
  for (;;) {
    const children = readdirSync(tasks).flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' '))
    const found = children.find((pid) => pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('draw-process'))
    if (found !== undefined) return Number(found)
    await sleep(5)
  }
}

describe('what is refused', () => {
  const refusal = async (bytes: Uint8Array) => {
    const told = await drawPicture(bytes, 'page', 'image').catch((error: { code: string; message: string }) => error)
    return 'code' in told ? `${told.code}: ${told.message}` : told.file
  }

  it.each([
    ['nothing', async () => Buffer.alloc(0), /must be a PNG, JPEG, WebP, AVIF or GIF/],
    ['an SVG', async () => pictures.svg, /must be a PNG, JPEG, WebP, AVIF or GIF/],
    ['a page', async () => Buffer.from('<!doctype html><p>hello'), /must be a PNG/],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n1 0 obj'), /must be a PNG/],
    ['a TIFF', async () => sharp(drawPng(64, 48)).tiff().toBuffer(), /must be a PNG/],
    ['a moving PNG', async () => pictures.png_moving, /must not move/],
    ['a moving WebP', async () => paintMoving('webp'), /must not move/],
    ['900 million pixels in a few bytes', async () => drawBomb(30_000), /at most 16 million pixels/],
    ['pixels that are not there', async () => drawBomb(2_000), /not whole, or not a picture/],
    ['a tiny one', async () => drawPng(15, 64), /at least 16 pixels wide and high; it is 15 × 64/],
    ['3 MB', async () => Buffer.concat([drawPng(64, 48), Buffer.alloc(3 * 1024 * 1024)]), /at most 2 MB/],
  ] as const)('%s', async (_, draw, words) => {
    const told = await refusal(await draw())
    expect(told).toMatch(/^INVALID_IMAGE: image /)
    expect(told).toMatch(words)
  })

  it.each(['png', 'jpeg', 'webp', 'avif', 'gif'] as const)('half of a %s', async (kind) => {
    const whole = await paint(kind, 400, 300)
    expect(await refusal(whole.subarray(0, whole.length / 2))).toMatch(/^INVALID_IMAGE/)
  })
})
