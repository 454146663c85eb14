import { command } from '#cli/command.ts'
import { businessOfMode } from '#cli/open.ts'
import { flag, required } from '#cli/option.ts'
import { table } from '#cli/table.ts'
import { businessId } from '#cli/values.ts'
import { listMailSwitches, type MailSwitch } from '#core/emails/switches.ts'

export const emailList = command({
  name: 'email list',
  says: 'The kinds of mail a business sends to its customers and gets itself, and which are switched on.',
  options: { business: required(businessId()), live: flag('of live mode; of test mode if left out') },
  async run(portico, { business, live }) {
    const emails = await listMailSwitches(await businessOfMode(portico, business, live))
    return { data: { emails }, text: describeSwitches(emails) }
  },
})

export function describeSwitches(switches: readonly MailSwitch[]): string {
  return table(switches.map((each) => [each.kind, described(each)])).join('\n')
}

function described({ enabled, enabled_by_default, switchable }: MailSwitch): string {
  if (!switchable) return 'always'
  return `${enabled ? 'on' : 'off'}${enabled === enabled_by_default ? '' : ` (${enabled_by_default ? 'on' : 'off'} by default)`}`
}
