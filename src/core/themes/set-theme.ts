import { recordAudit } from '#core/audit/record-audit.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { drawPicture, type Picture } from '#core/images/draw-picture.ts'
import { dropUnshown, keepPicture } from '#core/images/keep-picture.ts'
import { from, owned } from '#core/scope.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction, type StoredTheme } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { listFaults } from './contrast.ts'
import { parseColor } from './parse-color.ts'
import { parseRadius } from './parse-radius.ts'
import { overlay } from './read-theme.ts'
import { type PresetName, type Theme, type ThemeShape, type ThemeToken, themeTokens } from './tokens.ts'

/** As merchants write them; null goes back to the preset's. */
export type ColorChange = Partial<Record<ThemeToken, string | null | undefined>>

export type ThemeChange = { [Name in keyof ThemeShape]?: ThemeShape[Name] | null | undefined } & {
  preset?: PresetName | undefined
  light?: ColorChange | null | undefined
  dark?: ColorChange | null | undefined
  /** The file's bytes; null takes it away. */
  logo?: Uint8Array | null | undefined
  logo_dark?: Uint8Array | null | undefined
}

const BLANK: StoredTheme = {
  preset: 'grove',
  mode: null,
  radius: null,
  font_primary: null,
  font_secondary: null,
  font_size: null,
  font_weight: null,
  light: {},
  dark: {},
  logo: null,
  logo_dark: null,
}

/**
 * Changes what is named of the business's look in this mode; `anew` forgets first whatever was changed before, but the logos.
 * Throws THEME_NOT_READABLE where people could not read it, INVALID_IMAGE, INVALID_REQUEST_BODY for what is no colour or no radius.
 */
export async function setTheme(outer: BusinessCtx, change: ThemeChange, { anew = false } = {}): Promise<BusinessCtx> {
  const logos = await drawLogos(change)
  await inTransaction(outer, async (ctx) => {
    const row = await from(ctx, 'business_themes').selectAll().forUpdate().executeTakeFirst()
    const { business_id: _, updated_at: __, ...before } = row ?? { ...BLANK, business_id: '', updated_at: null }
    const start = anew ? { ...BLANK, logo: before.logo, logo_dark: before.logo_dark } : before
    const after = await changed(ctx, start, { ...change, ...logos })
    assertReadable(overlay(after))
    await write(ctx, after)
    await dropUnshown(ctx)
    await recordAudit(ctx, {
      action: 'theme.updated',
      resource_id: ctx.business.business_id,
      customer_id: null,
      details: differences(before, after),
    })
  })
  return getBusinessCtx(outer, outer.business.business_id)
}

interface Logos {
  logo: Picture | null | undefined
  logo_dark: Picture | null | undefined
}

async function drawLogos(change: ThemeChange): Promise<Logos> {
  const drawn = async (name: 'logo' | 'logo_dark') => change[name] && drawPicture(change[name], 'mail', name)
  return { logo: await drawn('logo'), logo_dark: await drawn('logo_dark') }
}

type Drawn = Omit<ThemeChange, keyof Logos> & Logos

async function changed(ctx: BusinessCtx, before: StoredTheme, change: Drawn): Promise<StoredTheme> {
  const { preset, light, dark, logo, logo_dark, radius, ...shape } = change
  const named = Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined))
  const pictured = await keepLogos(ctx, before, { logo, logo_dark })
  return {
    ...before,
    ...named,
    ...pictured,
    preset: preset ?? before.preset,
    radius: radius === undefined ? before.radius : radius === null ? null : radiusOf(radius),
    light: colorsOf('light', before.light, light),
    dark: colorsOf('dark', before.dark, dark),
  }
}

async function keepLogos(ctx: BusinessCtx, before: StoredTheme, change: Logos) {
  const file = async (name: keyof Logos) => {
    const picture = change[name]
    if (picture === undefined) return before[name]
    if (picture !== null) await keepPicture(ctx, picture)
    return picture?.file ?? null
  }
  const logo = await file('logo')
  if (logo === null && change.logo_dark) throw refused('logo_dark', 'goes with a logo; name that, too')
  return { logo, logo_dark: logo === null ? null : await file('logo_dark') }
}

function radiusOf(text: string): string {
  const radius = parseRadius(text)
  if (radius === undefined) throw refused('radius', 'must be a length of at most 32px or 2rem, such as 10px')
  return radius
}

function colorsOf(mode: 'light' | 'dark', before: StoredTheme['light'], change: ColorChange | null | undefined) {
  if (change === undefined) return before
  if (change === null) return {}
  const colors = { ...before }
  for (const token of themeTokens) {
    const wish = change[token]
    if (wish === undefined) continue
    delete colors[token]
    if (wish !== null) colors[token] = colorOf(`${mode}.${token}`, wish)
  }
  return colors
}

function colorOf(field: string, wish: string): string {
  const color = parseColor(wish)
  if (color === undefined) throw refused(field, 'must be a colour of CSS, such as #17493a or oklch(0.4 0.1 160)')
  if (field.endsWith('.bg_primary') && color.length > 7) throw refused(field, 'must not be translucent')
  return color
}

function refused(field: string, message: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message: `${field} ${message}`, field })
}

/** Only what is ever seen has to be readable. */
function assertReadable(theme: Theme): void {
  for (const mode of ['light', 'dark'] as const) {
    if (theme.mode !== 'system' && theme.mode !== mode) continue
    const [fault, ...others] = listFaults(theme[mode])
    if (fault === undefined) continue
    const ground = fault.tinted ? `its own tint over ${fault.on}` : fault.on
    const message = `${mode}.${fault.text} on ${ground} has a contrast of ${fault.ratio.toFixed(2)}:1 and needs at least ${fault.least}:1`
    const more = others.length === 0 ? '' : `; ${others.length} more pairs are too close`
    throw new AppError('THEME_NOT_READABLE', { message: `${message}${more}`, field: `${mode}.${fault.text}` })
  }
}

async function write(ctx: BusinessCtx, { light, dark, ...row }: StoredTheme): Promise<void> {
  const values = { ...row, light: json(light), dark: json(dark), updated_at: ctx.wall.now() }
  await ctx.db
    .insertInto('business_themes')
    .values({ ...owned(ctx), ...values })
    .onConflict((conflict) => conflict.column('business_id').doUpdateSet(values))
    .execute()
}

/** What is another one now, by the names of the API. */
function differences(before: StoredTheme, after: StoredTheme): Record<string, string | null> {
  const was = flat(before)
  return Object.fromEntries(
    Object.entries({ ...Object.fromEntries(Object.keys(was).map((name) => [name, null])), ...flat(after) }).filter(
      ([name, value]) => value !== (was[name] ?? null),
    ),
  )
}

function flat({ light, dark, ...rest }: StoredTheme): Record<string, string | null> {
  const under = (mode: string, colors: StoredTheme['light']) =>
    Object.entries(colors).map(([token, color]) => [`${mode}.${token}`, color])
  return { ...rest, ...Object.fromEntries([...under('light', light), ...under('dark', dark)]) }
}
