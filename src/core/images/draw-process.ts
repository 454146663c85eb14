// The process that draws one picture and ends, so that neither what a decoder holds nor what breaks it stays with us: the bytes come by
// standard input, and what was made of them goes out as a line of JSON and the bytes of both sizes.
import { setPriority } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { type PictureUse, type Redrawn, Refused, redraw } from './redraw.ts'

/** Told before the bytes: how many of them are the thumbnail's, the rest is the content's. */
export type DrawnLine = { refused: string } | (Omit<Redrawn, 'content' | 'thumbnail'> & { thumbnail: number | null })

setPriority(10)
const use: PictureUse = process.argv[2] === 'mail' ? 'mail' : 'page'
try {
  const { content, thumbnail, ...facts } = await redraw(await buffer(process.stdin), use)
  say({ ...facts, thumbnail: thumbnail?.length ?? null })
  process.stdout.write(thumbnail ?? '')
  process.stdout.write(content)
} catch (error) {
  if (!(error instanceof Refused)) throw error
  say({ refused: error.message })
}

function say(line: DrawnLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
