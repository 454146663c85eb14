import { command } from '#cli/command.ts'
import { describeTheme } from '#cli/describe-theme.ts'
import { businessOfMode } from '#cli/open.ts'
import { flag, required } from '#cli/option.ts'
import { businessId } from '#cli/values.ts'

export const themeShow = command({
  name: 'theme show',
  says: 'Prints how the pages and mails of a business look.',
  options: {
    business: required(businessId()),
    live: flag('in live mode; test mode if left out'),
  },
  async run(portico, { business, live }) {
    return describeTheme(await businessOfMode(portico, business, live))
  },
})
