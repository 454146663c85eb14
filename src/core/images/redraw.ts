// A stranger's bytes become pixels, and the pixels a picture of ours: what is kept and served is never a byte, a place or a name that came
// with them. This runs in a process of its own (draw-process.ts), and so imports next to nothing.
import type Sharp from 'sharp'
import { loadSharp } from './load-sharp.ts'

/** For pages alone, as WebP with a thumbnail; or for mails too, whose readers know PNG and JPEG. */
export type PictureUse = 'page' | 'mail'

export interface Redrawn {
  type: 'webp' | 'png' | 'jpg'
  width: number
  height: number
  content: Buffer
  thumbnail: Buffer | null
}

/** The words why not, to be put behind the name of the field. */
export class Refused extends Error {}

export const MOST_BYTES = 2 * 1024 * 1024
const LEAST_SIDE = 16
/** More than a telephone's photograph has; about 100 MB while it is being read. */
const MOST_PIXELS = 16_000_000
const MOST_SECONDS = 10
const MOST_SIDE = { page: 1_600, mail: 800 }
/** Three times what pages show. */
const THUMBNAIL_SIDE = 168

/** Throws Refused. */
export async function redraw(bytes: Uint8Array, use: PictureUse): Promise<Redrawn> {
  const sharp = await loadSharp()
  const pixels = await readPixels(sharp, bytes, MOST_SIDE[use])
  return use === 'page' ? forPages(sharp, pixels) : forMails(sharp, pixels)
}

interface Pixels {
  data: Buffer
  raw: { width: number; height: number; channels: 3 | 4 }
}

/** Upright, in sRGB, and no larger than is of use. */
async function readPixels(sharp: typeof Sharp, bytes: Uint8Array, most: number): Promise<Pixels> {
  try {
    const source = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS })
    const { width, height, pages = 1, format } = await source.metadata()
    if (width < LEAST_SIDE || height < LEAST_SIDE) {
      throw new Refused(`must be at least ${LEAST_SIDE} pixels wide and high; it is ${width} × ${height}`)
    }
    if (pages > 1 && format !== 'gif') throw new Refused('must not move')
    const { data, info } = await source
      .autoOrient()
      .resize({ width: most, height: most, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .timeout({ seconds: MOST_SECONDS })
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { data, raw: { width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 } }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  if (message.includes('pixel limit')) return `must have at most ${MOST_PIXELS / 1_000_000} million pixels`
  if (message.startsWith('timeout')) return 'takes too long to read; send it smaller'
  return 'cannot be read; the file is not whole, or not a picture'
}

/** The first that is not large; noise may be that only when it is coarse. */
async function forPages(sharp: typeof Sharp, pixels: Pixels): Promise<Redrawn> {
  const drawn = () => sharp(pixels.data, { raw: pixels.raw })
  let content = await drawn().webp({ quality: 82, smartSubsample: true }).toBuffer()
  if (content.byteLength > MOST_BYTES / 4) content = await drawn().webp({ quality: 60 }).toBuffer()
  const square = { width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'cover', withoutEnlargement: true } as const
  const thumbnail = await drawn().resize(square).webp({ quality: 80, smartSubsample: true }).toBuffer()
  return named(content, 'webp', pixels, thumbnail)
}

const MAIL_BYTES = 120 * 1024

/** PNG; where that is large, JPEG for what hides nothing behind it, or fewer colours. */
async function forMails(sharp: typeof Sharp, pixels: Pixels): Promise<Redrawn> {
  const drawn = () => sharp(pixels.data, { raw: pixels.raw })
  const png = await drawn().png({ compressionLevel: 9 }).toBuffer()
  if (png.byteLength <= MAIL_BYTES) return named(png, 'png', pixels, null)
  if (isOpaque(pixels)) {
    const jpeg = await drawn().removeAlpha().jpeg({ quality: 85, mozjpeg: true }).toBuffer()
    return named(jpeg, 'jpg', pixels, null)
  }
  return named(await drawn().png({ palette: true, effort: 1 }).toBuffer(), 'png', pixels, null)
}

function isOpaque({ data, raw }: Pixels): boolean {
  if (raw.channels === 3) return true
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false
  return true
}

function named(content: Buffer, type: Redrawn['type'], { raw }: Pixels, thumbnail: Buffer | null): Redrawn {
  return { type, width: raw.width, height: raw.height, content, thumbnail }
}
