import { createHash } from 'node:crypto'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawPng, paint, paintMoving } from '#test/support/pictures.ts'
import { readKind } from './read-kind.ts'
import { Refused, redraw } from './redraw.ts'

const colorAt = async (picture: Buffer, x: number, y: number) => {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * info.channels
  return [...data.subarray(at, at + 3)]
}
const isRed = ([red = 0, , blue = 0]: number[]) => red > 150 && blue < 100

describe('a picture for pages', () => {
  it.each(['png', 'jpeg', 'webp', 'avif', 'gif'] as const)('may come as %s and becomes a WebP', async (kind) => {
    const sent = await paint(kind, 320, 200)
    const { content, thumbnail } = await redraw(sent, 'page')
    expect(await sharp(content).metadata()).toMatchObject({ format: 'webp', width: 320, height: 200 })
    expect(await sharp(thumbnail ?? '').metadata()).toMatchObject({ format: 'webp', width: 168, height: 168 })
    expect(isRed(await colorAt(content, 100, 20))).toBe(true)
    expect(isRed(await colorAt(content, 100, 180))).toBe(false)
  })

  it('tells neither where nor by whom it was made', async () => {
    const sent = await paint('jpeg')
    expect((await sharp(sent).metadata()).exif?.toString('latin1')).toContain('Mara Lindqvist')
    for (const use of ['page', 'mail'] as const) {
      const { content } = await redraw(sent, use)
      const { exif, icc, xmp, iptc, orientation } = await sharp(content).metadata()
      expect([exif, icc, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
      expect(content.toString('latin1')).not.toContain('Mara')
    }
  })

  it('stands upright, as the camera was held', async () => {
    // Turned by 90 degrees to the right: the upper half comes to the right.
    const { width, height, content } = await redraw(await paint('jpeg', 64, 48, { orientation: 6 }), 'page')
    expect([width, height]).toEqual([48, 64])
    expect([isRed(await colorAt(content, 40, 32)), isRed(await colorAt(content, 8, 32))]).toEqual([true, false])
  })

  it('is shrunk to 1,600 pixels and never grown', async () => {
    // 2,000 × 1,000 becomes 1,600 × 800.
    expect(await redraw(await paint('jpeg', 2_000, 1_000), 'page')).toMatchObject({ width: 1_600, height: 800 })
    expect(await redraw(drawPng(16, 16), 'page')).toMatchObject({ width: 16, height: 16 })
  })

  it('is the same file for the same picture', async () => {
    const sent = await paint('png')
    expect(await redraw(sent, 'page')).toEqual(await redraw(sent, 'page'))
  })

  it('keeps nothing of what stands behind it', async () => {
    const sent = Buffer.concat([await paint('png'), Buffer.from('<html><script>alert(1)</script></html>')])
    const { content } = await redraw(sent, 'page')
    expect(content.toString('latin1')).not.toContain('script')
  })

  it('keeps the first frame of a GIF', async () => {
    const { width, height, content } = await redraw(await paintMoving('gif'), 'page')
    expect([width, height]).toEqual([64, 48])
    expect(isRed(await colorAt(content, 32, 40))).toBe(true)
  })

  it('becomes sRGB of eight bits, whatever it was', async () => {
    const grey = await sharp(drawPng(64, 48)).greyscale().png().toBuffer()
    const deep = await sharp(drawPng(64, 48)).toColourspace('rgb16').png().toBuffer()
    const printed = await sharp(drawPng(64, 48)).toColourspace('cmyk').jpeg().toBuffer()
    for (const sent of [grey, deep, printed]) {
      const { content } = await redraw(sent, 'page')
      expect(await sharp(content).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar' })
    }
  })
})

describe('a picture for mails', () => {
  it('is a PNG, of 800 pixels at most', async () => {
    const drawn = await redraw(await paint('webp', 1_000, 500), 'mail')
    expect(drawn).toMatchObject({ type: 'png', width: 800, height: 400, thumbnail: null })
  })

  it('is a JPEG where it would be large, or has fewer colours where one sees through it', async () => {
    const noise = createHash('shake256', { outputLength: 400 * 400 * 4 }).digest()
    const raw = { width: 400, height: 400, channels: 4 } as const
    const opaque = await sharp(noise, { raw }).removeAlpha().webp({ lossless: true }).toBuffer()
    const translucent = await sharp(noise, { raw }).webp({ lossless: true }).toBuffer()
    expect((await redraw(opaque, 'mail')).type).toBe('jpg')
    const { type, content } = await redraw(translucent, 'mail')
    expect(type).toBe('png')
    expect(await sharp(content).metadata()).toMatchObject({ isPalette: true, hasAlpha: true })
  })
})

describe('a stranger’s bytes', () => {
  it('are refused, or become a picture of ours, however they are garbled', async () => {
    const kinds = await Promise.all((['png', 'jpeg', 'webp', 'avif', 'gif'] as const).map((kind) => paint(kind)))
    const garbled = fc
      .tuple(fc.constantFrom(...kinds), fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { maxLength: 6 }), fc.nat(4_000))
      .map(([whole, changes, length]) => {
        const bytes = Buffer.from(whole.subarray(0, Math.max(length, 40)))
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        return bytes
      })
    const any = fc.oneof(fc.uint8Array({ maxLength: 300 }), garbled)
    await fc.assert(
      fc.asyncProperty(any, async (bytes) => {
        if (readKind(bytes) === undefined) return
        const drawn = await redraw(bytes, 'page').catch((error: unknown) => error)
        if (!(drawn instanceof Refused)) expect(drawn).toMatchObject({ type: 'webp', thumbnail: expect.any(Buffer) })
      }),
      { numRuns: 200 },
    )
  })
})
