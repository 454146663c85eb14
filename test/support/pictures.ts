// Pictures for tests: PNGs that a browser shows, and of the other kinds as much as tells what they are.
import { crc32, deflateSync } from 'node:zlib'

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

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

/** Its frame begins with a size in 14 bits each. */
const riff = (kind: string, data: string) => {
  const body = Buffer.concat([Buffer.from(`WEBP${kind}`, 'latin1'), hex('0a000000'), hex(data), Buffer.alloc(16)])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), size, body])
}

/** All that say a size are 64 by 48 pixels: 0x40 by 0x30. */
export const pictures = {
  png: drawPng(64, 48),
  png_moving: png(64, 48, chunk('acTL', Buffer.alloc(8)), chunk('IDAT', Buffer.alloc(1))),
  jpg: hex(
    'ffd8 ffe0 0010 4a46494600010100000100010000 ffdb 0003 00 ffff c0 000b 08 0030 0040 01 011100 ffda 0000 ffd9',
  ),
  webp: riff('VP8 ', '300100 9d012a 4000 3000'),
  // One less than each, 14 bits and 14 bits: 63 and 47 << 14.
  webp_lossless: riff('VP8L', '2f 3fc00b00'),
  webp_extended: riff('VP8X', '10000000 3f0000 2f0000'),
  webp_moving: riff('VP8X', '02000000 3f0000 2f0000'),
  gif: Buffer.from('GIF89a@\x000\0'),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
}
