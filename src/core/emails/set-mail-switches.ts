import { recordAudit } from '#core/audit/record-audit.ts'
import { isMailKind, type MailKind, mailKinds } from '#core/emails/kinds.ts'
import { planRenewals } from '#core/reminders/plan-renewals.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * Switches kinds of mail on or off; null leaves a kind as it comes. What is queued already is sent. Throws INVALID_REQUEST_PARAMETERS
 * for a kind there is not, or that carries access.
 */
export async function setMailSwitches(
  outer: BusinessCtx,
  change: Readonly<Record<string, boolean | null>>,
): Promise<void> {
  const switches = Object.entries(change).map(([kind, enabled]) => ({ kind: asSwitchable(kind), enabled }))
  if (switches.length === 0) return
  await inTransaction(outer, async (ctx) => {
    for (const { kind, enabled } of switches) {
      if (enabled === null) await clearSwitch(ctx, kind)
      else await writeSwitch(ctx, kind, enabled)
    }
    if (change.upcoming_renewal === true) await planRenewals(ctx)
    const details = Object.fromEntries(switches.map(({ kind, enabled }) => [kind, enabled]))
    await recordAudit(ctx, {
      action: 'emails.switched',
      resource_id: ctx.business.business_id,
      customer_id: null,
      details,
    })
  })
}

function asSwitchable(kind: string): MailKind {
  if (!isMailKind(kind)) throw refused(`There is no kind of mail "${kind}"`, kind)
  if (mailKinds[kind].sent === 'always') throw refused(`${kind} carries access and is always sent`, kind)
  return kind
}

function refused(message: string, field: string): AppError {
  return new AppError('INVALID_REQUEST_PARAMETERS', { message, field })
}

async function writeSwitch(ctx: BusinessCtx, kind: MailKind, enabled: boolean): Promise<void> {
  await ctx.db
    .insertInto('email_switches')
    .values({ ...owned(ctx), kind, enabled })
    .onConflict((conflict) => conflict.columns(['business_id', 'kind']).doUpdateSet({ enabled }))
    .execute()
}

async function clearSwitch(ctx: BusinessCtx, kind: MailKind): Promise<void> {
  await ctx.db
    .deleteFrom('email_switches')
    .where('business_id', '=', ctx.business.business_id)
    .where('kind', '=', kind)
    .execute()
}
