import { findImage } from '#core/images/queries.ts'
import type { AppContext } from '#src/app-env.ts'

const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' }
const FILE = /^[0-9a-f]{32}-\d{1,4}x\d{1,4}\.(png|jpg|webp)$/

/** A picture of a business: for good under this name, nothing but a picture, and for mail readers on other sites too. */
export const serveImage = (c: AppContext) => serve(c, 'content')

/** The small square one of it. */
export const serveThumbnail = (c: AppContext) => serve(c, 'thumbnail')

async function serve(c: AppContext, size: 'content' | 'thumbnail') {
  const { business_id = '', file = '' } = c.req.param()
  const type = TYPES[FILE.exec(file)?.[1] ?? '']
  const known = type !== undefined && /^bus_\w{1,40}$/.test(business_id)
  const bytes = known ? await findImage(c.var.ctx, business_id, file, size) : undefined
  if (type === undefined || bytes === undefined) return c.notFound()
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': size === 'thumbnail' ? 'image/webp' : type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
  })
}
