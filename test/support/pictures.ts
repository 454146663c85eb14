// Pictures for tests: PNGs by hand, to the byte, and real ones of every kind.
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

type Color = readonly [number, number, number]

/** A rectangle of one colour. */
export function drawPng(width: number, height: number, color: Color = [23, 73, 58]): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(color))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return png(width, height, chunk('IDAT', pixels))
}

function png(width: number, height: number, ...rest: Buffer[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), ...rest, chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(8 + named.length)
  whole.writeUInt32BE(data.length, 0)
  whole.set(named, 4)
  whole.writeUInt32BE(crc32(named), 4 + named.length)
  return whole
}

/** One that claims to be large and holds next to nothing. */
export function drawBomb(side: number): Buffer {
  return png(side, side, chunk('IDAT', deflateSync(Buffer.alloc(1024))))
}

type Kind = 'png' | 'jpeg' | 'webp' | 'avif' | 'gif'

/** A real one of any kind: reddish on its upper half, blue below, with a place and a name in it where its kind holds such. */
export async function paint(kind: Kind, width = 64, height = 48, { orientation = 1 } = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 3) pixels.set(at < pixels.length / 2 ? [220, 40, 30] : [20, 40, 200], at)
  const drawn = sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation })
    .withExifMerge({ IFD0: { Artist: 'Mara Lindqvist' }, IFD3: { GPSLatitude: '59/1 19/1 0/1', GPSLatitudeRef: 'N' } })
  return drawn[kind]().toBuffer()
}

/** Two frames: the first reddish, the second blue. */
export async function paintMoving(kind: 'gif' | 'webp'): Promise<Buffer> {
  const frames = [
    [220, 40, 30],
    [20, 40, 200],
  ].map((color) => Buffer.alloc(64 * 48 * 3, Buffer.from(color)))
  const raw = { width: 64, height: 96, channels: 3, pageHeight: 48 } as const
  return sharp(Buffer.concat(frames), { raw })[kind]().toBuffer()
}

export const pictures = {
  png: drawPng(64, 48),
  png_moving: png(64, 48, chunk('acTL', Buffer.alloc(8)), chunk('IDAT', Buffer.alloc(1))),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
}
