// What a mail says, before it looks like anything: its HTML and its text are drawn from the same blocks, so neither can say more.

export interface Letter {
  subject: string
  blocks: Block[]
  /** The invoice of this payment goes with it, where mails carry files. */
  invoice_of?: string
}

export type Block =
  | { type: 'text'; text: string; quiet: boolean }
  | { type: 'facts'; rows: Fact[] }
  | { type: 'amounts'; rows: Amount[] }
  | { type: 'button'; label: string; href: string }
  | { type: 'code'; text: string; wide: boolean }

/** A label and what is so. */
export interface Fact {
  label: string
  value: string
}

/** A line of a bill; a total stands out. */
export interface Amount extends Fact {
  detail?: string | undefined
  total?: boolean
}

/** Control characters, line separators, and marks that turn the reading direction of all that follows. */
const WILD = /[\p{Cc}\u2028\u2029\u202a-\u202e]+/gu

/** What a merchant or customer wrote must not become a header, or turn the words beside it around. */
export function tame(text: string): string {
  return text.replaceAll(WILD, ' ')
}

export const say = (text: string): Block => ({ type: 'text', text: tame(text), quiet: false })
export const whisper = (text: string): Block => ({ type: 'text', text: tame(text), quiet: true })
export const button = (label: string, href: string): Block => ({ type: 'button', label: tame(label), href })
/** Six digits, far apart. */
export const code = (text: string): Block => ({ type: 'code', text: tame(text), wide: true })
/** A license key, as it is typed. */
export const key = (text: string): Block => ({ type: 'code', text: tame(text), wide: false })

/** Rows that have nothing to say are left out. */
export function facts(rows: readonly (Fact | undefined)[]): Block {
  const said = rows.filter((row) => row !== undefined)
  return { type: 'facts', rows: said.map(({ label, value }) => ({ label, value: tame(value) })) }
}

export function amounts(rows: readonly (Amount | undefined)[]): Block {
  const said = rows.filter((row) => row !== undefined)
  return { type: 'amounts', rows: said.map((row) => ({ ...row, label: tame(row.label) })) }
}
