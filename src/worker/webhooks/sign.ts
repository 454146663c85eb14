import { createHmac } from 'node:crypto'

export interface Signed {
  id: string
  /** Unix seconds. */
  timestamp: number
  /** As it is sent, byte for byte. */
  body: string
}

/** Standard Webhooks: a signature by each secret (`whsec_` and its key in base64), separated by spaces. */
export function sign(secrets: readonly string[], { id, timestamp, body }: Signed): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
    })
    .join(' ')
}
