// Two cookies: the session, one for each mode, and the sign-in under way. Neither can be read by a script.

import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { isHttps } from '#door/request.ts'
import type { AppContext } from '#src/app-env.ts'

const DAY = 24 * 60 * 60
const FLOW_SECONDS = 15 * 60

/** `__Host-` ties the cookie to this very host, where the public URL is https. */
function nameOf(c: AppContext, name: 'session' | 'flow'): string {
  return `${isHttps(c) ? '__Host-' : ''}portico_${c.var.ctx.mode}_${name}`
}

function options(c: AppContext, maxAge: number) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isHttps(c), maxAge } as const
}

export function readSession(c: AppContext): string | undefined {
  return getCookie(c, nameOf(c, 'session'))
}

export function writeSession(c: AppContext, token: string): void {
  setCookie(c, nameOf(c, 'session'), token, options(c, DAY))
  deleteCookie(c, nameOf(c, 'flow'), options(c, 0))
}

export function clearSession(c: AppContext): void {
  deleteCookie(c, nameOf(c, 'session'), options(c, 0))
}

export function readFlow(c: AppContext): string | undefined {
  const flow = getCookie(c, nameOf(c, 'flow'))
  return flow !== undefined && /^[0-9A-Za-z]{43}$/.test(flow) ? flow : undefined
}

export function writeFlow(c: AppContext, flow: string): void {
  setCookie(c, nameOf(c, 'flow'), flow, options(c, FLOW_SECONDS))
}
