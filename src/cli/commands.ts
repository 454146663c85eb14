// Every command, in the order of the help.
import { apiKeyCreate } from '#cli/commands/api-key-create.ts'
import { businessCreate } from '#cli/commands/business-create.ts'
import { businessSet } from '#cli/commands/business-set.ts'
import { customerErase } from '#cli/commands/customer-erase.ts'
import { demo } from '#cli/commands/demo.ts'
import { emailList } from '#cli/commands/email-list.ts'
import { emailSet } from '#cli/commands/email-set.ts'
import { mailList } from '#cli/commands/mail-list.ts'
import { migrateCommand } from '#cli/commands/migrate.ts'
import { offerList } from '#cli/commands/offer-list.ts'
import { offerSet } from '#cli/commands/offer-set.ts'
import { secretsReseal } from '#cli/commands/secrets-reseal.ts'
import { taxList } from '#cli/commands/tax-list.ts'
import { taxRemove } from '#cli/commands/tax-remove.ts'
import { taxSet } from '#cli/commands/tax-set.ts'
import { themeList } from '#cli/commands/theme-list.ts'
import { themeSet } from '#cli/commands/theme-set.ts'
import { themeShow } from '#cli/commands/theme-show.ts'
import { timeAdvance } from '#cli/commands/time-advance.ts'

export const commands = [
  businessCreate,
  businessSet,
  themeList,
  themeShow,
  themeSet,
  apiKeyCreate,
  customerErase,
  taxSet,
  taxList,
  taxRemove,
  emailList,
  emailSet,
  offerSet,
  offerList,
  mailList,
  timeAdvance,
  demo,
  migrateCommand,
  secretsReseal,
]
