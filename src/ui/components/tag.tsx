import type { Child } from 'hono/jsx'

export type Tone = 'ok' | 'bad' | 'wait' | 'dim'

/** A state in one or two words; the words carry it, the colour only helps. */
export function Tag({ tone = 'dim', children }: { tone?: Tone; children: Child }) {
  return <span class={`tag ${tone}`}>{children}</span>
}
