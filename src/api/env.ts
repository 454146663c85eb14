import type { Ctx } from '#src/context.ts'

/** What app.ts sets before a request comes to this door. */
export interface ApiEnv {
  Variables: {
    ctx: Ctx
    request_id: string
    /** The address that counts for rate limits: the socket's, or what a trusted proxy says. */
    client_ip: string
  }
}
