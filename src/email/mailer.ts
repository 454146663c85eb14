// The way out for mail: SMTP in live mode. Test mode has none: its mails stay in the inbox.

import { createTransport } from 'nodemailer'
import type { Delivery } from '#core/emails/settle-email.ts'

export interface Message {
  /** Stable across retries, so that a mail server can see a double. */
  message_id: string
  to: string
  from: { name: string; address: string }
  reply_to: string | null
  subject: string
  html: string
  text: string
  attachments: Attachment[]
}

export interface Attachment {
  filename: string
  content: Uint8Array
}

export interface Mailer {
  /** Files are drawn for whoever carries them. */
  attaches: boolean
  send(message: Message): Promise<Delivery>
}

/** Keeps mails where they are: they are read in the inbox. */
export const inboxMailer: Mailer = { attaches: false, send: async () => ({ status: 'sent' }) }

/** What a mail server could take for two addresses, a name or a command is never handed to one. */
const ONE_ADDRESS = /^[^\s@"(),:;<>[\]\\\p{Cc}]+@[^\s@"(),:;<>[\]\\\p{Cc}]+$/u

export function smtpMailer(smtpUrl: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 15_000,
    socketTimeout: 30_000,
  } as Parameters<typeof createTransport>[0])
  return {
    attaches: true,
    async send(message) {
      if (!ONE_ADDRESS.test(message.to)) return { status: 'refused', error: 'The recipient is not one e-mail address' }
      try {
        await transport.sendMail({
          messageId: `<${message.message_id}@portico>`,
          to: { name: '', address: message.to },
          from: message.from,
          replyTo: message.reply_to ?? undefined,
          subject: message.subject,
          html: message.html,
          text: message.text,
          attachments: message.attachments.map(({ filename, content }) => {
            return { filename, content: Buffer.from(content), contentType: 'application/pdf' }
          }),
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { status: 'sent' }
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

/** A server that says 5xx to this mail will say it again; anything else may pass. */
function failureOf(error: unknown): Delivery {
  const message = error instanceof Error ? error.message : String(error)
  const code = (error as { responseCode?: number }).responseCode ?? 0
  return code >= 500 && code < 600 ? { status: 'refused', error: message } : { status: 'unavailable', error: message }
}
