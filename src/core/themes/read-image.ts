// What a picture is, by its own first bytes; what its sender calls it is not believed.

export interface ImageFacts {
  type: 'png' | 'jpg' | 'webp'
  width: number
  height: number
}

/** Kind and size of a PNG, JPEG or WebP; undefined for anything else, for what is cut short, and for what moves. */
export function readImage(bytes: Uint8Array): ImageFacts | undefined {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return readPng(data) ?? readJpeg(data) ?? readWebp(data)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const PNG = [0x89504e47, 0x0d0a1a0a]
const IHDR = 0x49484452
const IDAT = 0x49444154
const ACTL = 0x6163544c

function readPng(data: DataView): ImageFacts | undefined {
  if (data.getUint32(0) !== PNG[0] || data.getUint32(4) !== PNG[1] || data.getUint32(12) !== IHDR) return undefined
  let at = 8
  for (let kind = IHDR; kind !== IDAT; kind = data.getUint32(at + 4)) {
    if (kind === ACTL) return undefined
    at += 12 + data.getUint32(at)
  }
  return { type: 'png', width: data.getUint32(16), height: data.getUint32(20) }
}

const SOI = 0xffd8
const SOS = 0xda

function readJpeg(data: DataView): ImageFacts | undefined {
  if (data.getUint16(0) !== SOI) return undefined
  let at = 2
  while (data.getUint8(at) === 0xff) {
    const marker = data.getUint8(at + 1)
    if (marker === SOS) return undefined
    if (isFrame(marker)) return { type: 'jpg', width: data.getUint16(at + 7), height: data.getUint16(at + 5) }
    at += marker === 0xff ? 1 : 2 + data.getUint16(at + 2)
  }
  return undefined
}

/** SOF0 to SOF15, without the three that are tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

const [RIFF, WEBP, VP8, VP8L, VP8X] = [0x52494646, 0x57454250, 0x56503820, 0x5650384c, 0x56503858]
const ANIMATED = 0x02

function readWebp(data: DataView): ImageFacts | undefined {
  if (data.getUint32(0) !== RIFF || data.getUint32(8) !== WEBP) return undefined
  const kind = data.getUint32(12)
  if (kind === VP8) {
    return { type: 'webp', width: data.getUint16(26, true) & 0x3fff, height: data.getUint16(28, true) & 0x3fff }
  }
  if (kind === VP8L) {
    const bits = data.getUint32(21, true)
    return { type: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (kind !== VP8X || (data.getUint8(20) & ANIMATED) !== 0) return undefined
  const three = (at: number) => data.getUint16(at, true) + data.getUint8(at + 2) * 0x10000 + 1
  return { type: 'webp', width: three(24), height: three(27) }
}
