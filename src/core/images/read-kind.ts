// What a picture is, by its own first bytes; what its sender calls it is not believed. Nothing is decoded here.

export type ImageKind = 'png' | 'jpeg' | 'webp' | 'avif' | 'gif'

/** `moving` is an animation; undefined is none of these, or cut short before it says so. Of a GIF the first frame is meant. */
export function readKind(bytes: Uint8Array): ImageKind | 'moving' | undefined {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return readPng(data) ?? readJpeg(data) ?? readWebp(data) ?? readAvif(data) ?? readGif(data)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const PNG = [0x89504e47, 0x0d0a1a0a]
const [IHDR, IDAT, ACTL] = [0x49484452, 0x49444154, 0x6163544c]

function readPng(data: DataView) {
  if (data.getUint32(0) !== PNG[0] || data.getUint32(4) !== PNG[1] || data.getUint32(12) !== IHDR) return undefined
  let at = 8
  for (let chunk = IHDR; chunk !== IDAT; chunk = data.getUint32(at + 4)) {
    if (chunk === ACTL) return 'moving'
    at += 12 + data.getUint32(at)
  }
  return 'png'
}

const SOI = 0xffd8ff

const readJpeg = (data: DataView) => (data.getUint32(0) >>> 8 === SOI ? 'jpeg' : undefined)

const [RIFF, WEBP, VP8X] = [0x52494646, 0x57454250, 0x56503858]
const ANIMATED = 0x02

function readWebp(data: DataView) {
  if (data.getUint32(0) !== RIFF || data.getUint32(8) !== WEBP) return undefined
  return data.getUint32(12) === VP8X && (data.getUint8(20) & ANIMATED) !== 0 ? 'moving' : 'webp'
}

const [FTYP, AVIF, AVIS] = [0x66747970, 0x61766966, 0x61766973]

/** Its first box names what it is, and then all it is compatible with. */
function readAvif(data: DataView) {
  if (data.getUint32(4) !== FTYP) return undefined
  if (data.getUint32(8) === AVIS) return 'moving'
  if (data.getUint32(8) === AVIF) return 'avif'
  for (let at = 16; at < Math.min(data.getUint32(0), 256); at += 4) if (data.getUint32(at) === AVIF) return 'avif'
  return undefined
}

const GIF8 = 0x47494638

const readGif = (data: DataView) => (data.getUint32(0) === GIF8 ? 'gif' : undefined)
