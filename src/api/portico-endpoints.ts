// Whole chapters that are Portico's own, and not of the published API.
import { listAuditEntriesEndpoint } from './audit/list-audit-entries.ts'
import { retrieveBusinessEndpoint } from './business/retrieve-business.ts'
import { updateBusinessEndpoint } from './business/update-business.ts'
import { retrieveCancellationOffersEndpoint } from './cancellation-offers/retrieve-offers.ts'
import { setCancellationOffersEndpoint } from './cancellation-offers/set-offers.ts'
import { listMailSwitchesEndpoint } from './emails/list-mail-switches.ts'
import { updateMailSwitchesEndpoint } from './emails/update-mail-switches.ts'
import type { Endpoint } from './endpoint.ts'
import { confirmQuoteEndpoint } from './quotes/confirm-quote.ts'
import { createQuoteEndpoint } from './quotes/create-quote.ts'
import { advanceTestClockEndpoint } from './test-clock/advance-test-clock.ts'
import { listThemePresetsEndpoint } from './theme/list-theme-presets.ts'
import { replaceThemeEndpoint } from './theme/replace-theme.ts'
import { retrieveThemeEndpoint } from './theme/retrieve-theme.ts'
import { updateThemeEndpoint } from './theme/update-theme.ts'

export const porticoEndpoints: readonly Endpoint[] = [
  createQuoteEndpoint,
  confirmQuoteEndpoint,
  advanceTestClockEndpoint,
  listAuditEntriesEndpoint,
  listMailSwitchesEndpoint,
  updateMailSwitchesEndpoint,
  retrieveBusinessEndpoint,
  updateBusinessEndpoint,
  retrieveThemeEndpoint,
  updateThemeEndpoint,
  replaceThemeEndpoint,
  listThemePresetsEndpoint,
  retrieveCancellationOffersEndpoint,
  setCancellationOffersEndpoint,
]
