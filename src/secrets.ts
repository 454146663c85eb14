// SECRET_KEY and what is derived from it. Test mode on the embedded database makes its own and keeps it in DATA_DIR.
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartupError } from '#db/startup-error.ts'
import type { Config } from '#src/config.ts'
import type { Secrets } from '#src/context.ts'
import type { Mode } from '#src/urls.ts'

/** Each mode derives from a key of its own, so that nothing of one opens anything of the other. */
export function secretsOf(secretKey: string, mode: Mode): Secrets {
  const key = createHmac('sha256', secretKey).update(`portico ${mode}`).digest()
  return {
    derive(purpose, ...parts) {
      return createHmac('sha256', key)
        .update([purpose, ...parts].map((part) => `${part.length}:${part}`).join(''))
        .digest()
    },
  }
}

export function readSecretKey(config: Config): string {
  if (config.secret_key !== undefined) return config.secret_key
  if (config.database_url !== undefined) {
    throw new StartupError('With DATABASE_URL, set SECRET_KEY to a secret of at least 32 characters and keep it safe.')
  }
  return readOrMakeKey(join(config.data_dir, 'secret-key'))
}

/** The key appears in its file whole or not at all, and the first process to make one makes it for all. */
function readOrMakeKey(path: string): string {
  if (!existsSync(path)) makeKey(path)
  const key = readFileSync(path, 'utf8').trim()
  if (key.length >= 32) return key
  throw new StartupError(
    `${path} holds no key of 32 characters; put back the one that was there, or remove it to make another.`,
  )
}

function makeKey(path: string): void {
  const draft = `${path}.${randomUUID()}`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    try {
      linkSync(draft, path)
    } finally {
      rmSync(draft, { force: true })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    throw new StartupError(
      `The secret key cannot be written to ${path}; make the directory writable or set SECRET_KEY.`,
      error,
    )
  }
}
