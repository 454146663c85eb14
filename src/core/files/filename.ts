// What a file may be called. The name is shown and offered when it is saved; it never becomes a path here.
import { AppError } from '#src/errors.ts'

const MOST = 255
/** Slashes, control characters, and what turns the direction of text around: "gpj.exe" must not be read as "exe.jpg". */
const FORBIDDEN = /[/\\\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/u

/** Composed, so that one name is one name. Throws INVALID_REQUEST_BODY for what no file is called. */
export function readFilename(given: string, field?: string): string {
  const filename = given.normalize('NFC').trim()
  const problem = problemOf(filename)
  if (problem === undefined) return filename
  throw new AppError('INVALID_REQUEST_BODY', {
    message: `The name of the file ${problem}`,
    ...(field ? { field } : {}),
  })
}

function problemOf(filename: string): string | undefined {
  if (/^\.*$/.test(filename)) return 'must not be blank'
  if (!filename.isWellFormed() || FORBIDDEN.test(filename)) {
    return 'must not hold slashes, control characters or marks that turn text around'
  }
  return Buffer.byteLength(filename) > MOST ? `must be at most ${MOST} bytes long` : undefined
}

const TYPE = /^[a-z0-9][\w.+-]{0,62}\/[a-z0-9][\w.+-]{0,62}$/

/** A declared type without its parameters; null where it is none. */
export function readContentType(declared: string | null | undefined): string | null {
  const type = declared?.split(';')[0]?.trim().toLowerCase() ?? ''
  return TYPE.test(type) ? type : null
}
