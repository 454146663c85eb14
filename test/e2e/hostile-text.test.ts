// Names that try to be more than names, from the shop and from the buyer: on every page they stay text.
import { beforeAll, expect, test } from 'vitest'
import { useBrowser } from '#test/support/browser.ts'
import { type Bought, buy, download, plan } from '#test/support/buy.ts'
import { signedIn } from '#test/support/everyday.ts'
import { readMail } from '#test/support/inbox.ts'
import { useWorld } from '#test/support/listen-world.ts'

const HOSTILE = `"'><img src=http://evil.example/x onerror=alert(1)></title></style></script><script>alert(2)</script>`

const world = useWorld({ business: { name: `Linden ${HOSTILE}`, support_email: 'hello@linden.example' } })
const open = useBrowser(() => world().url)
let bought: Bought

beforeAll(async () => {
  bought = await buy(world(), plan({}, { name: `Plan ${HOSTILE}`, description: HOSTILE }))
  const keys = { license_key_enabled: true, license_key_activations_limit: 1 }
  await buy(world(), download(900, { name: `Pack ${HOSTILE}`, ...keys }))
  await world()
    .client()
    .customers.update(bought.customer_id, { name: `Mara ${HOSTILE}` })
})

test('no page runs or fetches what is in a name', async () => {
  const { urls, business_id } = world()
  const { customer_id, subscription_id, checkout_id } = bought
  const client = world().client()
  const { link } = await client.customers.customerPortal.create(customer_id, {
    send_email: true,
    return_url: 'https://linden.example/?a="><script>alert(3)</script>',
  })
  const page = await open({ cookies: await signedIn(world(), customer_id) })
  const places = [
    link,
    urls.login(business_id),
    urls.portal.overview(business_id),
    urls.portal.subscriptions(business_id),
    urls.portal.subscription(business_id, subscription_id, { done: '"><script>alert(4)</script>' }),
    urls.portal.cancellation(business_id, subscription_id),
    urls.portal.billingHistory(business_id, { status: '"><script>alert(5)</script>' }),
    urls.checkoutDone(checkout_id),
    urls.mailbox(),
  ]
  for (const place of places) {
    await page.goto(place)
    expect(await page.locator('body').textContent(), place).toContain('<script>alert(2)</script>')
    expect(await page.locator('img').count(), place).toBe(0)
  }
  await readMail(page, world(), 'mara@northwind.example')
  expect(await page.locator('body').textContent()).toContain('<script>alert(2)</script>')
})
