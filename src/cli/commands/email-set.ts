import { command } from '#cli/command.ts'
import { describeSwitches } from '#cli/commands/email-list.ts'
import { businessOfMode } from '#cli/open.ts'
import { clearable, flag, required } from '#cli/option.ts'
import { businessId, oneOf, yesOrNo } from '#cli/values.ts'
import { mailKindNames } from '#core/emails/kinds.ts'
import { setMailSwitches } from '#core/emails/set-mail-switches.ts'
import { listMailSwitches } from '#core/emails/switches.ts'

export const emailSet = command({
  name: 'email set',
  says: 'Switches a kind of mail on or off. Mails that carry access are always sent.',
  options: {
    business: required(businessId()),
    kind: required(oneOf(mailKindNames, 'which mails')),
    enabled: required(clearable(yesOrNo('are they sent'))),
    live: flag('in live mode; test mode if left out'),
  },
  async run(portico, { business, kind, enabled, live }) {
    const ctx = await businessOfMode(portico, business, live)
    await setMailSwitches(ctx, { [kind]: enabled })
    const emails = (await listMailSwitches(ctx)).filter((each) => each.kind === kind)
    return { data: { emails }, text: describeSwitches(emails) }
  },
})
