import type { DemoPlaces } from '#cli/demo/places.ts'
import { table } from '#cli/table.ts'

/** For a person at a terminal: names in any script stand on lines of their own, so that nothing has to align behind them. */
export function printPlaces(places: DemoPlaces): string {
  const { business_name, customers } = places
  const heading = `${business_name} is an invented studio in test mode. Its customers, each with a link that opens the portal once within a day:`
  const doors = [
    ['Start page', places.start_url],
    ['Sign in by mail', places.login_url],
    ['To all businesses', places.everywhere_url],
    ['Test inbox', places.mailbox_url],
    ['API', places.api_url],
    ['API key', places.api_key],
    ['API reference', places.api_docs_url],
  ]
  const lines = customers.flatMap(({ name, state, portal_url }) => [
    `  ${name}`,
    `    ${state}`,
    `    ${portal_url}`,
    '',
  ])
  return [heading, '', ...lines, ...table(doors)].join('\n')
}
