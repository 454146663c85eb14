// From a request to what a page is drawn with: its language, its light or dark, and whether a form was really ours.

import { getCookie, setCookie } from 'hono/cookie'
import { plainTheme } from '#core/themes/read-theme.ts'
import { type Locale, locales } from '#i18n/locales.ts'
import { negotiate } from '#i18n/negotiate.ts'
import { translator } from '#i18n/translator.ts'
import type { AppContext } from '#src/app-env.ts'
import { COLOR_MODE_COOKIE } from '#ui/color-mode.ts'
import type { LanguageForm, Page } from '#ui/page.ts'
import type { Theme } from '#ui/theme.ts'

/** Remembers the chosen language for a year. */
export const LOCALE_COOKIE = 'NEXT_LOCALE'

const YEAR = 365 * 24 * 60 * 60

export interface PageNeeds {
  /** The customer's own, where somebody is signed in. */
  storedLocale?: string | null
  /** Named by the shop for its checkout; only an explicit choice outweighs it. */
  forcedLocale?: string | null
  timeZone?: string
  /** Ours where the page belongs to no business. */
  theme?: Theme
  csrf_token?: string | null
  language?: LanguageForm | null
}

/** Everything a page needs that is not its content. `?locale=` is obeyed and remembered. */
export function pageOf(c: AppContext, needs: PageNeeds = {}): Page {
  const { ctx, nonce } = c.var
  const locale = localeOf(c, needs)
  const mode = getCookie(c, COLOR_MODE_COOKIE)
  return {
    i18n: translator(locale, needs.timeZone),
    urls: ctx.urls,
    mode: ctx.mode,
    theme: needs.theme ?? plainTheme,
    nonce,
    color_mode: mode === 'light' || mode === 'dark' ? mode : null,
    csrf_token: needs.csrf_token ?? null,
    language: needs.language === undefined ? { method: 'get', action: c.req.path, keep: kept(c) } : needs.language,
  }
}

/** What the address says besides the language. */
function kept(c: AppContext): Record<string, string> {
  const { locale: _, ...rest } = c.req.query()
  return rest
}

function localeOf(c: AppContext, { storedLocale, forcedLocale }: PageNeeds): Locale {
  const query = c.req.query('locale')
  if (query !== undefined && locales.some(({ code }) => code === query)) rememberLocale(c, query)
  return negotiate({
    query,
    cookie: getCookie(c, LOCALE_COOKIE),
    stored: forcedLocale ?? storedLocale ?? undefined,
    acceptLanguage: c.req.header('accept-language'),
  })
}

export function rememberLocale(c: AppContext, locale: string): void {
  setCookie(c, LOCALE_COOKIE, locale, { path: '/', maxAge: YEAR, sameSite: 'Lax', secure: isHttps(c) })
}

export function isHttps(c: AppContext): boolean {
  return c.var.ctx.urls.base.startsWith('https:')
}

/** The request was made by a page of this very origin: what a form of another site, or no browser at all, cannot claim. */
export function isSameOrigin(c: AppContext): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  return c.req.header('origin') === c.var.ctx.urls.base
}
