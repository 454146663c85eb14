import type { Urls } from '#src/urls.ts'

/** A picture as a page or a mail shows it; its name says how large it is. */
export interface Image {
  /** Absolute. */
  url: string
  width: number
  height: number
}

export function imageAt(urls: Urls, business_id: string, file: string | null | undefined): Image | null {
  const [, width, height] = /-(\d+)x(\d+)\./.exec(file ?? '') ?? []
  if (!file || width === undefined || height === undefined) return null
  return { url: urls.image(business_id, file), width: Number(width), height: Number(height) }
}
