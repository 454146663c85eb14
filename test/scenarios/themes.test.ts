// A merchant's look: what is kept, what is refused, and that every page wears it.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { archiveBusiness } from '#core/businesses/archive-business.ts'
import { dropUnshown, keepPicture } from '#core/images/keep-picture.ts'
import { createPayLink } from '#core/recovery/pay-links.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { logoOf, plainTheme, themeOf } from '#core/themes/read-theme.ts'
import { setTheme, type ThemeChange } from '#core/themes/set-theme.ts'
import { renderEmail } from '#email/render-email.tsx'
import { buy, plan } from '#test/support/buy.ts'
import { drawBomb, drawPng, paint, pictures } from '#test/support/pictures.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { pressLink, signIn } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

const themed = async (world: World, change: ThemeChange, options?: { anew: boolean }) =>
  setTheme(await world.fresh(), change, options)

test('what differs from the preset is kept; null goes back to it; anew forgets all but the logo', async () => {
  const world = await newWorld()
  expect(themeOf((await world.fresh()).business)).toBe(plainTheme)
  const bold = { preset: 'iris', radius: '0.50rem', mode: 'dark', light: { button_primary: 'Navy' } } as const
  const { business } = await themed(world, bold)
  expect(business.theme).toMatchObject({
    preset: 'iris',
    radius: '0.5rem',
    light: { button_primary: '#000080' },
    dark: {},
  })
  expect(themeOf(business)).toMatchObject({ mode: 'dark', font_secondary: 'rounded' })
  await themed(world, { logo: pictures.png })
  await themed(world, { radius: null, light: { button_primary: null }, font_size: 'lg' })
  const back = (await world.fresh()).business.theme
  expect(back).toMatchObject({ preset: 'iris', radius: null, mode: 'dark', font_size: 'lg', light: {} })
  const anew = await themed(world, { preset: 'harbor' }, { anew: true })
  expect(anew.business.theme).toMatchObject({ preset: 'harbor', mode: null, font_size: null, logo: back?.logo })
  const details = (await rowsOf(world, 'audit_entries')).filter(({ action }) => action === 'theme.updated')
  expect(details.map((row) => row.details)).toEqual([
    { preset: 'iris', radius: '0.5rem', mode: 'dark', 'light.button_primary': '#000080' },
    { logo: back?.logo },
    { radius: null, 'light.button_primary': null, font_size: 'lg' },
    { preset: 'harbor', mode: null, font_size: null },
  ])
})

test('what people could not read is refused with the pair and its ratio, and nothing is kept', async () => {
  const world = await newWorld()
  const pale = themed(world, { light: { button_primary: '#8fbfae', button_primary_hover: '#7fb09f' } })
  await expect(pale).rejects.toMatchObject({
    code: 'THEME_NOT_READABLE',
    field: 'light.button_text_primary',
    // White on #8fbfae is 2.06 to 1.
    message: expect.stringMatching(
      /^light\.button_text_primary on button_primary has a contrast of 2\.\d\d:1 and needs at least 4\.5:1; 1 more/,
    ),
  })
  expect(await rowsOf(world, 'business_themes')).toEqual([])
  // Where it is never light, nobody has to read it.
  await themed(world, { mode: 'dark', light: { button_primary: '#8fbfae' } })
  await expect(themed(world, { mode: 'system' })).rejects.toMatchObject({ code: 'THEME_NOT_READABLE' })
})

test.each([
  [{ light: { bg_primary: 'red;}' } }, 'INVALID_REQUEST_BODY', 'light.bg_primary'],
  [{ dark: { bg_primary: '#00000080' } }, 'INVALID_REQUEST_BODY', 'dark.bg_primary'],
  [{ radius: '10px;x:y' }, 'INVALID_REQUEST_BODY', 'radius'],
  [{ logo_dark: pictures.png }, 'INVALID_REQUEST_BODY', 'logo_dark'],
  [{ logo: pictures.svg }, 'INVALID_IMAGE', 'logo'],
  [{ logo: Buffer.concat([pictures.png, Buffer.alloc(2 * 1024 * 1024)]) }, 'INVALID_IMAGE', 'logo'],
  [{ logo: drawPng(8, 64) }, 'INVALID_IMAGE', 'logo'],
  [{ logo: drawBomb(30_000) }, 'INVALID_IMAGE', 'logo'],
] as [ThemeChange, string, string][])('%j is %s', async (change, code, field) => {
  const world = await newWorld()
  await expect(themed(world, change)).rejects.toMatchObject({ code, field })
})

test('a logo is served under its own hash for good, as a picture and nothing else, in its own mode and business', async () => {
  const world = await newWorld()
  const ctx = await themed(world, { logo: pictures.png, logo_dark: await paint('webp', 64, 48) })
  const logo = logoOf(ctx)
  expect(logo).toMatchObject({ width: 64, height: 48, dark: { width: 64, height: 48 } })
  const answer = await world.app.request(logo?.url ?? '')
  expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ format: 'png', width: 64, height: 48 })
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  // Mail readers do not know WebP.
  expect((await world.app.request(logo?.dark?.url ?? '')).headers.get('content-type')).toBe('image/png')
  const elsewhere = logo?.url.replace(world.business_id, 'bus_000000000000000000000') ?? ''
  for (const url of [elsewhere, `${logo?.url}x`, logo?.url.replace('.png', '.svg') ?? '']) {
    expect((await world.app.request(url)).status).toBe(404)
  }
  const none = await themed(world, { logo: null })
  expect([logoOf(none), none.business.theme?.logo_dark]).toEqual([null, null])
  // Mails that were sent still show it.
  expect((await world.app.request(logo?.url ?? '')).status).toBe(200)
})

test('of many pictures the last twenty that nothing shows stay, and those in use', async () => {
  const world = await newWorld()
  const { logo, logo_dark } = (await themed(world, { logo: drawPng(16, 16), logo_dark: drawPng(16, 17) })).business
    .theme ?? { logo: null, logo_dark: null }
  const ctx = await world.fresh()
  const files = Array.from({ length: 23 }, (_, at) => `${at.toString(16).padStart(32, '0')}-16x16.png`)
  for (const file of files) {
    await keepPicture(ctx, { file, content: drawPng(16, 16), thumbnail: null })
    await dropUnshown(ctx)
  }
  const kept = (await rowsOf(world, 'business_images')).map(({ file }) => file)
  expect(kept.toSorted()).toEqual([...files.slice(3), logo, logo_dark].toSorted())
})

test('every page of the business wears its theme and logo; what is forced leaves no switch', async () => {
  const world = await newWorld()
  const { customer_id, subscription_id, checkout_id } = await buy(world, plan())
  const visit = await signIn(world, customer_id)
  const { urls, business_id } = world
  const used = await createInvite(await world.fresh(), { customer_id })
  await pressLink(world, used)
  const owner = { customer_id, subscription_id }
  const link = await createPayLink(await world.fresh(), owner, { purpose: 'method', return_url: null })
  await themed(world, { preset: 'ember', mode: 'light', logo: drawPng(160, 40) })
  const see = async (url: string, inside = false) => {
    const answer = await (inside ? visit.get(url) : world.app.request(url))
    return { status: answer.status, html: await answer.text() }
  }
  const seen = [
    await see(urls.portal.overview(business_id), true),
    await see(urls.portal.subscription(business_id, subscription_id), true),
    await see(urls.portal.subscription(business_id, 'sub_0000000000000000000'), true),
    await see(urls.portal.overview(business_id)),
    await see(urls.login(business_id)),
    await see(used),
    await see(urls.checkoutDone(checkout_id)),
    await see(urls.pay(link.pay_link_id)),
  ]
  await archiveBusiness(await world.fresh())
  seen.push(await see(urls.login(business_id)))
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 404, 401, 200, 410, 200, 200, 200])
  for (const { html } of seen) {
    expect(html).toContain('--button-primary:light-dark(#97401f,#f0a57f)')
    expect(html).toContain('data-mode="light"')
    expect(html).not.toContain('data-color-mode-switch')
    expect(html).toMatch(/<img class="mark[^>]* src="[^"]*-160x40\.png" alt="Linden Studio"/)
  }
})

test('mails wear it, too: by day and by night, or only as the merchant decided', async () => {
  const world = await newWorld()
  const { customer_id } = await buy(world)
  const draw = async () => {
    const ctx = await world.fresh()
    await createInvite(ctx, { customer_id, send_email: true })
    await world.work()
    const [email] = (await rowsOf(world, 'emails')).filter(({ template }) => template === 'invite')
    if (email === undefined) throw new Error('no mail was queued')
    return (await renderEmail(await world.fresh(), email)).html
  }
  await themed(world, { preset: 'ember', logo: drawPng(160, 40), logo_dark: drawPng(160, 41) })
  const html = await draw()
  expect(html).toContain('background:#97401f')
  expect(html).toContain('.button { background: #f0a57f !important')
  expect(html).toMatch(
    /<img class="by-day" src="http:\/\/localhost:3000\/assets\/[^"]*-160x40\.png" alt="Linden Studio" width="128"/,
  )
  expect(html).toMatch(/<img class="by-night" [^>]*-160x41\.png"[^>]*display:none/)
  await themed(world, { mode: 'dark' })
  const dark = await draw()
  expect(dark).toContain('background:#f0a57f')
  expect(dark).toContain('name="color-scheme" content="dark"')
  expect(dark).not.toMatch(/prefers-color-scheme|#97401f|-160x40\.png/)
})
