// What a kind of mail is: what it needs to know, gathered once when its event is read, and how it says it.

import type { MailKind } from '#core/emails/kinds.ts'
import type { Email } from '#core/emails/queries.ts'
import type { MailSwitches } from '#core/emails/switches.ts'
import type { Event } from '#core/events/dispatch-event.ts'
import type { Letter } from '#email/letter.ts'
import type { Translator } from '#i18n/translator.ts'
import type { BusinessCtx } from '#src/context.ts'

type Facts = Email['data']

export interface Mail<F extends Facts = Facts> {
  kind: MailKind
  /** The address it goes to, where that is not the customer's; undefined where there is none. */
  reader?(ctx: BusinessCtx, event: Event): Promise<string | undefined>
  /**
   * Ids, figures and dates as they are when the event is read, which is at once; names of products too, names of people never.
   * Undefined where there is nothing to write about.
   */
  gather(ctx: BusinessCtx, event: Event, switches: MailSwitches): Promise<F | undefined>
  /** Whether it still says what is, asked when it is about to be sent; one that does not is not sent. */
  stands?(ctx: BusinessCtx, facts: F): Promise<boolean>
  /** Reads nothing that can change, except what must not be kept here: links, codes, keys, names of people. */
  draw(page: MailPage, facts: F): Letter | Promise<Letter>
}

export interface MailPage {
  ctx: BusinessCtx
  i18n: Translator
  /** Drawn for somebody else than its reader: a link that opens something by itself stays away. */
  again: boolean
}

/** The facts' types are known to `gather` and `draw` and forgotten outside. */
export function mail<F extends Facts>(definition: Mail<F>): Mail {
  return definition as unknown as Mail
}

/** Where a mail is about what the event names, and needs no more than its id. */
export async function onlyTheId(_: BusinessCtx, { resource_id }: Event): Promise<{ id: string }> {
  return { id: resource_id }
}
