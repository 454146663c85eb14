import { readSession } from '#portal/cookies.ts'
import type { AppContext } from '#src/app-env.ts'
import { isLoopback } from '#src/hosts.ts'

/** What a sign-in wants to know of the browser. */
export function browserOf(c: AppContext): { cookie: string | undefined; user_agent: string | null } {
  return { cookie: readSession(c), user_agent: c.req.header('user-agent') ?? null }
}

/** Test mode on this machine: what is for its developer is shown. */
export function isWorkbench({ var: { ctx } }: AppContext): boolean {
  return ctx.mode === 'test' && isLoopback(new URL(ctx.urls.base).hostname)
}

/** In test mode on this machine the mail can be read at once. */
export function mailboxHref(c: AppContext): string | null {
  return isWorkbench(c) ? c.var.ctx.urls.mailbox() : null
}

/**
 * A person's press of a link's button: the button's own name and value, which `form.submit()` leaves out, and the browser's word that
 * somebody pressed it where it gave that word for the page.
 */
export function isPressed(c: AppContext, form: Record<string, unknown>): boolean {
  return form.continue === 'yes' && (form.by_person !== 'yes' || byPerson(c))
}

export function byPerson(c: AppContext): boolean {
  return c.req.header('sec-fetch-user') === '?1'
}
