import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { call } from '#test/support/api-calls.ts'
import { drawPng, pictures } from '#test/support/pictures.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

const path = '/portico/theme'
const theme = async (world: World, method: 'GET' | 'PATCH' | 'PUT' = 'GET', json?: unknown) => {
  const { status, body } = await call(world, path, { method, json })
  return { status, body: body as unknown as Record<string, unknown> & { light: Record<string, string> } }
}
const dataUrl = (bytes: Buffer, type = 'png') => `data:image/${type};base64,${bytes.toString('base64')}`

test('it is the first preset until it is changed; PATCH leaves and clears, PUT starts anew, what was read may be sent back', async () => {
  const world = await newWorld()
  const presets = (await call(world, `${path}/presets`)).body as unknown as { items: { preset: string }[] }
  expect(presets.items.map(({ preset }) => preset)).toEqual(['grove', 'harbor', 'ember', 'graphite', 'iris'])
  const first = await theme(world)
  expect(first.body).toEqual({ ...presets.items[0], logo: null, logo_dark: null })
  const changed = await theme(world, 'PATCH', {
    preset: 'harbor',
    font_size: 'xl',
    light: { button_primary: 'hsl(210, 66%, 25%)', nothing: 'x' },
    logo: dataUrl(drawPng(90, 30)),
  })
  expect(changed.body).toMatchObject({
    preset: 'harbor',
    font_size: 'xl',
    mode: 'system',
    radius: '8px',
    logo_dark: null,
  })
  expect(changed.body.light).toMatchObject({ button_primary: '#16406a', bg_secondary: '#f3f6fa' })
  expect(changed.body.logo).toMatch(/^http:\/\/localhost:3000\/assets\/bus_\w+\/[0-9a-f]{32}-90x30\.png$/)
  expect((await theme(world)).body).toEqual(changed.body)
  expect((await theme(world, 'PUT', changed.body)).body).toEqual(changed.body)
  const cleared = await theme(world, 'PATCH', { font_size: null, light: null })
  expect(cleared.body).toMatchObject({ preset: 'harbor', font_size: 'md', light: { button_primary: '#1c4f86' } })
  const anew = await theme(world, 'PUT', { preset: 'graphite' })
  expect(anew.body).toEqual({ ...presets.items[3], logo: changed.body.logo, logo_dark: null })
  expect((await theme(world, 'PATCH', { logo: null })).body.logo).toBeNull()
})

test('two logos of nearly 2 MB each are taken, and become small', async () => {
  const world = await newWorld()
  const noise = createHash('shake256', { outputLength: 780 * 780 * 3 }).digest()
  const large = await sharp(noise, { raw: { width: 780, height: 780, channels: 3 } })
    .png()
    .toBuffer()
  expect(large.length).toBeGreaterThan(1_800_000)
  const { body } = await theme(world, 'PATCH', { logo: dataUrl(large), logo_dark: dataUrl(large) })
  expect(body.logo).toMatch(/-780x780\.jpg$/)
  const served = await world.app.request(String(body.logo))
  expect((await served.arrayBuffer()).byteLength).toBeLessThan(500_000)
})

test.each([
  [{ light: { text_primary: '#999' } }, 'THEME_NOT_READABLE', /^light\.text_primary on .* needs at least 4\.5:1/],
  [{ light: { input_focus_border: '#eee' } }, 'THEME_NOT_READABLE', /^light\.input_focus_border .* needs at least 3:1/],
  [{ light: { text_primary: 'url(x)' } }, 'INVALID_REQUEST_BODY', /^light\.text_primary must be a colour/],
  [{ radius: '10px}' }, 'INVALID_REQUEST_BODY', /^radius must be a length/],
  [{ font_primary: 'Comic Sans' }, 'INVALID_REQUEST_BODY', /^font_primary must be one of inter, system/],
  [{ font_primary_url: 'https://fonts.example/a.css' }, 'INVALID_REQUEST_BODY', /^font_primary_url is not supported/],
  [{ mode: 'auto' }, 'INVALID_REQUEST_BODY', /^mode must be one of light, dark, system/],
  [{ preset: null }, 'INVALID_REQUEST_BODY', /^preset /],
  [{ logo: 'https://elsewhere.example/logo.png' }, 'INVALID_IMAGE', /^logo must be a data URL/],
  [{ logo: dataUrl(pictures.svg, 'svg+xml') }, 'INVALID_IMAGE', /^logo must be a data URL/],
  [{ logo: dataUrl(pictures.svg) }, 'INVALID_IMAGE', /^logo must be a PNG, JPEG, WebP, AVIF or GIF/],
] as [object, string, RegExp][])('%j is refused as %s', async (body, code, message) => {
  const world = await newWorld()
  expect((await theme(world, 'PATCH', body)).body).toMatchObject({ code, message: expect.stringMatching(message) })
  expect((await theme(world)).body.preset).toBe('grove')
})

test('PUT names its preset, and a key that may only read reads', async () => {
  const world = await newWorld()
  expect((await theme(world, 'PUT', {})).body).toMatchObject({ code: 'INVALID_REQUEST_BODY' })
  const { key } = await createApiKey(await world.fresh(), { name: 'reader', read_only: true })
  const reader = { ...world, api_key: key }
  expect((await theme(reader)).status).toBe(200)
  expect((await theme(reader, 'PATCH', { preset: 'iris' })).status).toBe(403)
})
