// What every page is handed besides its own content.

import type { Translator } from '#i18n/translator.ts'
import type { Mode, Urls } from '#src/urls.ts'
import type { ColorMode, Theme } from './theme.ts'

export interface Page {
  i18n: Translator
  urls: Urls
  mode: Mode
  theme: Theme
  /** Of this answer's content security policy. */
  nonce: string
  /** What the customer chose (the cookie COLOR_MODE_COOKIE); null follows the system. */
  color_mode: ColorMode | null
  /** Sent along with every form that posts, as `csrf_token`. */
  csrf_token: string | null
  /** Null where no language can be chosen. */
  language: LanguageForm | null
}

/** Where the language selector sends `locale`. A GET draws the same page in that language; a POST also gets `to`. */
export interface LanguageForm {
  method: 'get' | 'post'
  action: string
  /** Path to come back to after a POST. */
  to?: string
  /** What else a GET's address says. */
  keep?: Readonly<Record<string, string>>
}

/** A picture served by ourselves. */
export interface PageImage {
  /** Absolute. */
  url: string
  width: number
  height: number
}

export interface PageLogo extends PageImage {
  /** Over dark backgrounds; null where there is but one. */
  dark: PageImage | null
}

/** The business as its customers see it. */
export interface PageBusiness {
  business_id: string
  name: string
  /** Null draws the first letter. */
  logo: PageLogo | null
  support_email: string | null
  /** The business's own page to return to; drawn as a link, never followed by us. */
  return_url?: string | null
}

/** A page before the sign-in: of one business, or of none where it leads to everything an address has. */
export interface EntryPage extends Page {
  business: PageBusiness | null
}

export interface BusinessPage extends Page {
  business: PageBusiness
}
