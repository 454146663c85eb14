interface Whole {
  size: number
  etag: string
}

/**
 * The one part that is asked for, both ends included; undefined where all of it is to be sent: nothing asked, several parts asked, or the
 * file is another one by now. Example: `bytes=-3` of 10 bytes is 7 to 9.
 */
export function readRange(
  range: string | undefined,
  if_range: string | undefined,
  { size, etag }: Whole,
): { start: number; end: number } | undefined | 'unsatisfiable' {
  const [, from = '', to = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(range ?? '') ?? []
  if ((from === '' && to === '') || (if_range !== undefined && if_range !== etag)) return undefined
  if (from === '')
    return to === '0' || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(to)), end: size - 1 }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return undefined
  return start >= size ? 'unsatisfiable' : { start, end }
}
