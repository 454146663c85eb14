import { command } from '#cli/command.ts'
import { businessOfMode } from '#cli/open.ts'
import { flag, required } from '#cli/option.ts'
import { describeTaxRate } from '#cli/tax-rate.ts'
import { businessId, country, date, oneOf, percent, shortText } from '#cli/values.ts'
import { setTaxRate } from '#core/tax/set-tax-rate.ts'
import { taxCategorySchema } from '#wire/codes.ts'

export const taxSet = command({
  name: 'tax set',
  says: 'Writes a rate of a business’s tax table; the most specific row in effect on a period’s first day wins.',
  options: {
    business: required(businessId()),
    country: required(country('of the buyer: DE')),
    rate: required(percent('19 or 8.875; 0 ends an older row')),
    name: required(shortText('NAME', 'as invoices call it: VAT')),
    region: shortText('REGION', 'of the country, as buyers write their state; all of it if left out'),
    category: oneOf(taxCategorySchema.options, 'only this kind of good; all if left out'),
    from: date('the first day it holds, in the business’s time zone; today if left out'),
    live: flag('in live mode; test mode if left out'),
  },
  async run(portico, { business, country, rate, name, region, category, from, live }) {
    const ctx = await businessOfMode(portico, business, live)
    const effective_from = from ?? ctx.clock.now().toZonedDateTimeISO(ctx.business.timezone).toPlainDate()
    const row = await setTaxRate(ctx, {
      country,
      rate,
      name,
      effective_from,
      region: region ?? null,
      tax_category: category ?? null,
    })
    const told = describeTaxRate(row)
    return { data: told.data, text: told.text }
  },
})
