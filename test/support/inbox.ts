// Reading one's mail: in the test inbox, as a person on this machine would.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ListeningWorld } from './listen-world.ts'

export interface Mail {
  /** Where its button leads. */
  link: string
  /** The six digits, where it has them. */
  code: string | null
}

/** Other mails than those that carry access come and go beside them. */
const ACCESS = /Your link to|Confirm your new address|Your account at|رابط الدخول|حسابك لدى/

/** The latest of `count` mails with access to an address, once the worker has sent that many; `page` is left on it. */
export async function readMail(page: Page, world: ListeningWorld, recipient: string, count = 1): Promise<Mail> {
  const letters = page.getByRole('listitem').filter({ hasText: recipient }).filter({ hasText: ACCESS })
  await expect
    .poll(
      async () => {
        await page.goto(world.urls.mailbox())
        return letters.count()
      },
      { timeout: 10_000, interval: 100 },
    )
    .toBe(count)
  await letters.first().getByRole('link').click()
  const button = page.getByRole('link', { name: /^(Open|Continue|Use)/ })
  await button.waitFor()
  const link = (await button.getAttribute('href')) ?? ''
  const digits = page.getByText(/^\d{6}$/)
  const code = (await digits.count()) === 0 ? null : await digits.textContent()
  return { link, code }
}
