import { describe, expect, it } from 'vitest'
import { plainTheme } from '#core/themes/read-theme.ts'
import type { Locale } from '#i18n/locales.ts'
import { translator } from '#i18n/translator.ts'
import type { PortalPage } from '#portal/shell.tsx'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import { activeSummary } from '#portal/subscriptions/summary.testing.ts'
import { urlsOf } from '#src/urls.ts'
import { OverviewPage, type OverviewPageProps } from './overview-page.tsx'

const HOSTILE = '"><img src=x onerror=alert(1)>\u202e</script>'

function pageIn(locale: Locale, name = 'Linden Studio'): PortalPage {
  return {
    i18n: translator(locale, 'Europe/Stockholm'),
    urls: urlsOf('http://localhost:3000'),
    mode: 'live',
    theme: plainTheme,
    nonce: 'n0nce',
    color_mode: null,
    csrf_token: null,
    language: null,
    business: { business_id: 'bus_1', name, logo: null, support_email: null },
    customer: { email: 'mara@northwind.example' },
    return_url: null,
  }
}

function propsOf(changes: Partial<OverviewPageProps> = {}): OverviewPageProps {
  const nothing = { dues: [], subscriptions: [], payment_methods: [], license_keys: [], billing_history: [] }
  return {
    page: pageIn('en'),
    now: '2026-11-22T12:00:00Z',
    notice: null,
    has_more_history: false,
    has_more_subscriptions: false,
    wallets: [],
    ...nothing,
    ...changes,
  }
}

const draw = (changes?: Partial<OverviewPageProps>) => String(<OverviewPage {...propsOf(changes)} />)

const owed = {
  amount: 2900,
  currency: 'USD',
  product_name: 'Storage',
  state: 'declined',
  error_code: 'STOLEN_CARD',
  next_attempt_at: null,
  access: null,
  pay_href: null,
} as const

const running = (product_name: string): SubscriptionSummary => ({
  ...activeSummary,
  subscription_id: `sub_${product_name}`,
  product_name,
})

describe('the overview', () => {
  it('never shows a failed read as an empty list', () => {
    const empty = draw()
    const failed = draw({ billing_history: null })
    expect(empty).toContain('No payments yet')
    expect(failed).not.toContain('No payments yet')
    expect(failed).toContain('could not be loaded')
  })

  it('offers to pay only where there is a way to', () => {
    expect(draw({ dues: [owed] })).not.toContain('Pay $29.00 now')
    expect(draw({ dues: [{ ...owed, pay_href: '/pay/x' }] })).toContain('Pay $29.00 now')
    expect(draw({ dues: [{ ...owed, pay_href: '/pay/x', state: 'checking' }] })).not.toContain('Pay $29.00 now')
  })

  it('is drawn from right to left in Arabic', () => {
    const html = draw({ page: pageIn('ar') })
    expect(html).toContain('<html lang="ar" dir="rtl"')
    expect(html).not.toContain('Active subscriptions')
  })

  it('stays readable with many subscriptions: the first in full, some a line each, and the way to all', () => {
    const six = Array.from({ length: 6 }, (_, at) => running(`Plan ${at + 1}`))
    const html = draw({ subscriptions: six, has_more_subscriptions: true })
    expect(html.match(/class="card"/g)).toHaveLength(3)
    for (const { product_name } of six) expect(html).toContain(product_name)
    expect(html).toContain('See all subscriptions')
    expect(draw({ subscriptions: six })).not.toContain('See all subscriptions')
  })

  it('says what the wallet holds, where it holds something', () => {
    expect(draw({ wallets: [{ balance: 0, currency: 'USD' }] })).not.toContain('Your wallet')
    expect(draw({ wallets: [{ balance: 1250, currency: 'USD' }] })).toContain('$12.50')
  })

  it('escapes whatever names hold', () => {
    const html = draw({
      page: pageIn('en', HOSTILE),
      dues: [{ ...owed, product_name: HOSTILE }],
      license_keys: [
        {
          license_key_id: 'lic_1',
          key: HOSTILE,
          product_name: HOSTILE,
          status: 'active',
          activations_limit: null,
          instances_count: 0,
          expires_at: null,
          bought_at: null,
          subscription_id: null,
          revocation_reason: null,
        },
      ],
    })
    expect(html).not.toContain('<img src=x')
    expect(html).not.toMatch(/<style(?! nonce="n0nce")|<script(?![^>]* nonce="n0nce")|\sstyle=|\son[a-z]+=(?!alert)/)
  })
})
