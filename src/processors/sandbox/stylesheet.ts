// The hosted pages' own stylesheet, read once; its address changes with its content.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export const stylesheet = readFileSync(new URL('sandbox.css', import.meta.url), 'utf8')
export const stylesheetPath = `/style-${createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)}.css`
