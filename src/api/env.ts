import type { Ctx } from '#src/context.ts'

/** What app.ts sets before a request comes to this door. */
export interface ApiEnv {
  Variables: {
    ctx: Ctx
    request_id: string
    /** Who counts for rate limits: the socket's address, or what a trusted proxy says; of IPv6 the network. */
    client_ip: string
  }
}
