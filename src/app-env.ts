// What every door finds on a request.

import type { Context } from 'hono'
import type { Reader } from '#core/addresses/find-reader.ts'
import type { Visitor } from '#core/sessions/find-visitor.ts'
import type { BusinessCtx, Ctx } from '#src/context.ts'

export interface AppEnv {
  Variables: {
    /** Of the mode the host chose. */
    ctx: Ctx
    request_id: string
    client_ip: string
    /** Of this answer's content security policy. */
    nonce: string
    /** On the pages of one business. */
    business: BusinessCtx
    /** Behind the sign-in. */
    visitor: Visitor
    /** Behind the sign-in to everything an address has. */
    reader: Reader
  }
}

export type AppContext = Context<AppEnv>
