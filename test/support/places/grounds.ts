// What the list of pages is made of: the ground they stand on, and what is done on the way there.
import type { Page } from 'playwright-core'
import { type Bought, buy, plan } from '#test/support/buy.ts'
import { type Everyday, everydayCustomer, provenEverywhere, signedIn } from '#test/support/everyday.ts'
import type { ListeningWorld } from '#test/support/listen-world.ts'
import { giveCredits, type Measured, measuredCustomer, walkTo } from '#test/support/measured-customer.ts'

export interface Grounds {
  world: ListeningWorld
  everyday: Everyday
  measured: Measured
  /** In a trial that began with no card. */
  trying: Bought
  /** Cookies of the everyday customer (`everywhere`: who proved the address as a whole), of one with something of everything that is counted, of one who has no card yet, and of one who has bought nothing. */
  cookies: Record<'everyday' | 'everywhere' | 'measured' | 'trying' | 'newcomer', Record<string, string>>
}

export async function prepareGrounds(world: ListeningWorld): Promise<Grounds> {
  const measured = await measuredCustomer(world)
  const everyday = await everydayCustomer(world, (to) => walkTo(world, measured.customer_id, to))
  await giveCredits(world, measured)
  await world.work()
  const trial = plan({ trial_period_days: 14, trial_payment_method_optional: true }, { name: 'Brush Studio' })
  const trying = await buy(world, trial, { email: 'sana@northwind.example', name: 'Sana' })
  const newcomer = await world.client().customers.create({ email: 'noor@northwind.example', name: 'Noor' })
  return {
    world,
    everyday,
    measured,
    trying,
    cookies: {
      everyday: await signedIn(world, everyday.customer_id),
      everywhere: await provenEverywhere(world, everyday.customer_id),
      measured: await signedIn(world, measured.customer_id),
      trying: await signedIn(world, trying.customer_id),
      newcomer: await signedIn(world, newcomer.customer_id),
    },
  }
}

export interface Place {
  name: string
  /** Whose cookies it is seen with. */
  as?: keyof Grounds['cookies']
  at(grounds: Grounds): string | Promise<string>
  /** What one does there first. Fields and buttons are found by name: the page may speak any language. */
  act?(page: Page): Promise<unknown>
  /** Speaks English only, and is not the customer's: the sandbox, the developers' pages. */
  tool?: boolean
  /** Outside of the portal's frame, whoever sees it. */
  plain?: boolean
  /** One that a customer sees every time. */
  main?: boolean
}

export const portal = ({ world }: Grounds) => world.urls.portal

export const press = (page: Page, selector: string) => page.locator(selector).first().click()

export const sendUnchecked = async (page: Page) => {
  const form = page.locator('main form').last()
  await form.evaluate((element) => element.setAttribute('novalidate', ''))
  await form.locator('[type=submit]').first().click()
  await page.locator('[aria-invalid=true]').first().waitFor()
}
