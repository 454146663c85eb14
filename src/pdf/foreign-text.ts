import type { Direction } from '#i18n/locales.ts'
import { isolate } from '#i18n/message.ts'

const MAX_LENGTH = 400
// The widest letters still fit the narrowest column.
const CHUNK = 13

// Controls, directional overrides and isolates, private use, noncharacters, lone surrogates.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\uffff]/gu

/**
 * Text written by a customer or merchant, made safe to print: one line, nothing that controls direction, bounded in
 * length, long words breakable, set apart from the direction of its surroundings where the two could mix.
 */
export function foreignText(text: string, dir: Direction, maxLength = MAX_LENGTH): string {
  return isolate(breakable(printable(text, maxLength)), dir)
}

/** The same without marks that are for the page only: for the document's metadata. */
export function printable(text: string, maxLength = MAX_LENGTH): string {
  const line = text.replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ').trim()
  if (line.length <= maxLength) return line
  return `${[...line].slice(0, maxLength).join('').trimEnd()}…`
}

// Scripts that write without spaces find their own places to break.
const LONG_WORD = /(?:(?![\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])\S){27,}/gu
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Lets long words break after punctuation, or anywhere if there is none, by zero-width spaces. */
function breakable(text: string): string {
  return text.replaceAll(LONG_WORD, (word) => {
    const pieces = word.replaceAll(/[@._/-]+/g, '$&\u200b').split('\u200b')
    return pieces.map((piece) => chunks(piece).join('\u200b')).join('\u200b')
  })
}

function chunks(piece: string): string[] {
  const characters = Array.from(graphemes.segment(piece), ({ segment }) => segment)
  const count = Math.ceil(characters.length / CHUNK)
  return Array.from({ length: count }, (_, at) => characters.slice(at * CHUNK, (at + 1) * CHUNK).join(''))
}
