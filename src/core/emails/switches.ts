import { isMailKind, isSent, type MailKind, mailKindNames, mailKinds } from '#core/emails/kinds.ts'
import { from } from '#core/scope.ts'
import { together } from '#core/together/together.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Which kinds of mail a business sends. */
export type MailSwitches = Record<MailKind, boolean>

export async function readMailSwitches(ctx: BusinessCtx): Promise<MailSwitches> {
  return together(ctx, readForAll, 'switches')
}

async function readForAll(ctx: BusinessCtx, asked: readonly string[]): Promise<MailSwitches[]> {
  const rows = await from(ctx, 'email_switches').select(['kind', 'enabled']).execute()
  const switched = new Map(rows.map(({ kind, enabled }) => [kind, enabled]))
  const switches = Object.fromEntries(
    mailKindNames.map((kind) => [kind, isSent(kind, switched.get(kind))]),
  ) as MailSwitches
  return asked.map(() => switches)
}

export interface MailSwitch {
  kind: MailKind
  to: 'customer' | 'merchant'
  enabled: boolean
  /** As it is where the merchant says nothing. */
  enabled_by_default: boolean
  /** Mails that carry access are always sent. */
  switchable: boolean
}

/** Every kind, in the order of the list. */
export async function listMailSwitches(ctx: BusinessCtx): Promise<MailSwitch[]> {
  const switches = await readMailSwitches(ctx)
  return Object.entries(switches).flatMap(([kind, enabled]) => {
    if (!isMailKind(kind)) return []
    const { to, sent } = mailKinds[kind]
    return [{ kind, to, enabled, enabled_by_default: sent !== 'off', switchable: sent !== 'always' }]
  })
}
