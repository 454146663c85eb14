import { holdsCardNumber } from '#src/card-number.ts'
import { metadataSchema } from '#wire/metadata.ts'

const MAX_KEYS = 50
const KEY = /^[0-9A-Za-z_-]{1,40}$/
const MAX_VALUE = 500

/** A merchant's own notes. `params.code` is the code the answer carries. */
export const metadataInput = metadataSchema.superRefine((metadata, issues) => {
  const pairs = Object.entries(metadata)
  if (pairs.length > MAX_KEYS) {
    const message = `may hold at most ${MAX_KEYS} keys`
    issues.addIssue({ code: 'custom', message, params: { code: 'MAXIMUM_KEYS_REACHED' } })
    return
  }
  for (const [key, value] of pairs) {
    const problem = problemOf(key, value)
    if (problem !== undefined) issues.addIssue({ code: 'custom', message: problem })
  }
})

function problemOf(key: string, value: string | number | boolean): string | undefined {
  if (!KEY.test(key)) return 'must have keys of at most 40 letters, digits, _ and -'
  if (typeof value === 'string' && [...value].length > MAX_VALUE) {
    return `must have values of at most ${MAX_VALUE} characters`
  }
  return typeof value === 'string' && holdsCardNumber(value) ? 'must not hold a card number' : undefined
}
