// Sent mails for whoever may look at them again: core asks, and knows no template.
import { mails, type TemplateName } from '#email/mails.ts'
import { renderEmail } from '#email/render-email.tsx'
import type { MailDrawer } from '#src/context.ts'

export function mailDrawer(from: string | null): MailDrawer {
  return {
    from,
    kindOf: (template) => (isTemplate(template) ? mails[template].kind : undefined),
    redraw: async (ctx, email) => {
      const { subject, html, text } = await renderEmail(ctx, email, { again: true })
      return { subject, html, text }
    },
  }
}

function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(mails, name)
}
