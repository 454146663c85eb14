// sharp with all but the kinds of pictures shut off that are taken. Only the process that draws one loads it.
import type Sharp from 'sharp'

/** What a stranger's file may be read by. Everything else libvips could read (SVG, PDF, TIFF, its own formats) is shut off. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif'].map((name) => `VipsForeignLoad${name}Buffer`)

export async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: LOADERS })
  return sharp
}
