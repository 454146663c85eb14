import { command } from '#cli/command.ts'
import { businessOfMode } from '#cli/open.ts'
import { flag, required } from '#cli/option.ts'
import { describeTaxRate } from '#cli/tax-rate.ts'
import { businessId } from '#cli/values.ts'
import { listTaxRates } from '#core/tax/queries.ts'

export const taxList = command({
  name: 'tax list',
  says: 'The tax table of a business.',
  options: { business: required(businessId()), live: flag('of live mode; of test mode if left out') },
  async run(portico, { business, live }) {
    const rows = (await listTaxRates(await businessOfMode(portico, business, live))).map(describeTaxRate)
    const text = rows.map((row) => row.text).join('\n')
    return {
      data: { tax_rates: rows.map(({ data }) => data) },
      text: text === '' ? 'There are no tax rates yet.' : text,
    }
  },
})
