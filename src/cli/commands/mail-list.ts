import { command } from '#cli/command.ts'
import { operatorOf } from '#cli/open.ts'
import { table } from '#cli/table.ts'
import { count } from '#cli/values.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import type { Email } from '#core/emails/queries.ts'
import { getMailedLink } from '#core/sessions/queries.ts'
import { listInbox } from '#core/unscoped/across-businesses.ts'
import { renderEmail } from '#email/render-email.tsx'
import type { Ctx } from '#src/context.ts'

const SHOWN = 20

export const mailList = command({
  name: 'mail list',
  says: 'The newest mails of test mode, which are sent to nobody, with the link and the code in them.',
  options: { limit: count(`how many: ${SHOWN} if left out`, 200) },
  async run(portico, { limit = SHOWN }) {
    const ctx = operatorOf(portico.modes().test)
    const emails = await Promise.all((await listInbox(ctx, limit)).map((email) => read(ctx, email)))
    const text = emails.map(describe).join('\n\n')
    return { data: { emails }, text: text === '' ? 'There are no mails yet.' : text }
  },
})

async function read(outer: Ctx, email: Email) {
  const ctx = await getBusinessCtx(outer, email.business_id)
  const { email_id, business_id, recipient, status, created_at } = email
  const { subject } = await renderEmail(ctx, email)
  const { resource_id } = email.data
  const isAboutLink = typeof resource_id === 'string' && resource_id.startsWith('lnk_')
  const link = isAboutLink ? await getMailedLink(ctx, resource_id) : undefined
  const facts = { email_id, business_id, to: recipient, subject, status, created_at: created_at.toString() }
  return { ...facts, link: link?.url ?? null, code: link?.code ?? null }
}

function describe({ to, subject, created_at, link, code }: Awaited<ReturnType<typeof read>>): string {
  const rows = [
    ['to', to],
    ['subject', subject],
    ['at', created_at],
    ...(link === null ? [] : [['link', link]]),
    ...(code === null ? [] : [['code', code]]),
  ]
  return table(rows).join('\n')
}
