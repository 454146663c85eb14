import { recordAudit } from '#core/audit/record-audit.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { drawPicture, type Picture } from '#core/images/draw-picture.ts'
import { dropUnshown, keepPicture } from '#core/images/keep-picture.ts'
import { from, owned } from '#core/scope.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction, type StoredTheme } from '#src/context.ts'
import { BLANK_LOOK, changeLook, type LookChange, refused } from './change-look.ts'

export interface ThemeChange extends LookChange {
  /** The file's bytes; null takes it away. */
  logo?: Uint8Array | null | undefined
  logo_dark?: Uint8Array | null | undefined
}

const BLANK: StoredTheme = { ...BLANK_LOOK, logo: null, logo_dark: null }

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

async function changed(ctx: BusinessCtx, before: StoredTheme, change: LookChange & Logos): Promise<StoredTheme> {
  const { logo, logo_dark, ...look } = change
  return { ...before, ...changeLook(before, look), ...(await keepLogos(ctx, before, { logo, logo_dark })) }
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
