// SECRET_KEY and what is derived from it. Test mode on the embedded database makes its own and keeps it in DATA_DIR.
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartupError } from '#db/startup-error.ts'
import type { Config } from '#src/config.ts'
import type { Secrets } from '#src/context.ts'
import type { Mode } from '#src/urls.ts'

/** Each mode derives from a key of its own, so that nothing of one opens anything of the other. */
export function secretsOf(secretKey: string, mode: Mode, keysBefore: readonly string[] = []): Secrets {
  const [key, ...before] = [secretKey, ...keysBefore].map((text) =>
    createHmac('sha256', text).update(`portico ${mode}`).digest(),
  ) as [Buffer, ...Buffer[]]
  return {
    derive: (purpose, ...parts) => createHmac('sha256', key).update(joined(purpose, parts)).digest(),
    ...sealing(key, before),
  }
}

/** Says where one part ends and the next begins. */
function joined(purpose: string, parts: readonly string[]): string {
  return [purpose, ...parts].map((part) => `${part.length}:${part}`).join('')
}

const IV = 12
const TAG = 16

/** AES-256-GCM: `<id of the key>.<iv, tag and text in base64url>`. The place it is for is authenticated with it. */
function sealing(key: Buffer, before: readonly Buffer[]): Pick<Secrets, 'seal' | 'open'> {
  const keyOf = (key: Buffer) => createHmac('sha256', key).update('encryption').digest()
  const idOf = (key: Buffer) => createHmac('sha256', key).update('key id').digest('hex').slice(0, 8)
  const keys = new Map([key, ...before].map((each) => [idOf(each), keyOf(each)]))
  const current = { id: idOf(key), key: keyOf(key) }
  return {
    seal(text, purpose, ...parts) {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(joined(purpose, parts)))
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')}`
    },
    open(sealed, purpose, ...parts) {
      const [id = '', data = ''] = sealed.split('.')
      const key = keys.get(id)
      if (key === undefined) throw new Error(`sealed by a key that is not here (${id}); name it in SECRET_KEYS_BEFORE`)
      const bytes = Buffer.from(data, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV))
      decipher.setAAD(Buffer.from(joined(purpose, parts))).setAuthTag(bytes.subarray(IV, IV + TAG))
      return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8')
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
