// Every URL Portico hands out: typed, and absolute from the configured public URL of a mode, never from a request.

export type Mode = 'test' | 'live'

/** Query values; undefined ones are left out, and so is the first page of a list. */
interface Query {
  [name: string]: string | number | undefined
}

/** What a billing history is narrowed to. `from` and `to` are days, both included. */
export interface HistoryQuery extends Query {
  status?: string
  type?: string
  subscription?: string
  from?: string
  to?: string
  q?: string
}

/** The URLs of one mode. `base` is PORTICO_TEST_URL or PORTICO_LIVE_URL without a trailing slash. */
export function urlsOf(base: string) {
  const at: At = (path, query) => {
    if (query === undefined) return `${base}${path}`
    const pairs = Object.entries(query).flatMap(([key, value]) =>
      value === undefined || (key === 'page' && value === 1) ? [] : [[key, String(value)]],
    )
    const search = new URLSearchParams(pairs).toString()
    return `${base}${path}${search === '' ? '' : `?${search}`}`
  }
  return {
    base,
    /** The sign-in to everything an address has. */
    home: () => at('/'),
    homeCode: () => at('/code'),
    businesses: businessUrls(at),
    dev: () => at('/dev'),
    api: () => at('/api'),
    apiDocs: () => at('/api/docs'),
    openapi: () => at('/api/openapi.json'),
    asset: (name: string) => at(`/assets/${name}`),
    image: (business_id: string, file: string) => at(`/assets/${business_id}/${file}`),
    /** A small square of it. */
    thumbnail: (business_id: string, file: string) => at(`/assets/${business_id}/thumbnails/${file}`),
    /** To be sent a picture: needs no key until it ends (core/images/upload-address.ts). */
    imageUpload: (business_id: string, place: string, id: string, query: Query) =>
      at(`/uploads/${business_id}/images/${place}/${id}`, query),
    mailbox: () => at('/dev/mail'),
    mail: (email_id: string) => at(`/dev/mail/${email_id}`),
    login: (business_id: string, query?: { to?: string; archived?: 'known'; locale?: string }) =>
      at(`/login/${business_id}`, query),
    loginCode: (business_id: string, query?: { to?: string }) => at(`/login/${business_id}/code`, query),
    /** Proves a new address; mailed to it. */
    emailChange: (business_id: string, token: string) => at(`/login/${business_id}/email/${token}`),
    session: (token: string) => at(`/session/${token}`),
    addressLink: (token: string) => at(`/businesses/session/${token}`),
    portal: portalUrls(at),
    checkout: (checkout_id: string) => at(`/checkout/${checkout_id}`),
    checkoutCart: (checkout_id: string) => at(`/checkout/${checkout_id}/cart`),
    checkoutCodes: (checkout_id: string) => at(`/checkout/${checkout_id}/codes`),
    checkoutReturn: (checkout_id: string) => at(`/checkout/${checkout_id}/return`),
    checkoutDone: (checkout_id: string) => at(`/checkout/${checkout_id}/done`),
    /** The short address of a product. */
    buy: (business_id: string, slug: string, query?: Record<string, string>) =>
      at(`/buy/${business_id}/${slug}`, query),
    pay: (pay_link_id: string) => at(`/pay/${pay_link_id}`),
    payReturn: (pay_link_id: string) => at(`/pay/${pay_link_id}/return`),
    hook: (processor: string, business_id: string) => at(`/hooks/${processor}/${business_id}`),
    sandboxPage: (page_id: string) => at(`/sandbox/pages/${page_id}`),
    /** Takes or gives the bytes of a file, while it is good (core/files/file-link.ts). */
    file: (business_id: string, file_id: string, query: { of?: string; until: number; signature: string }) =>
      at(`/files/${business_id}/${file_id}`, query),
    /** To be handed on: opens without signing in until it ends (core/invoices/invoice-link.ts). */
    invoice: (business_id: string, payment_id: string, query: { until: number; signature: string }) =>
      at(`/invoices/${business_id}/${payment_id}`, query),
  }
}

type At = (path: string, query?: Query) => string

/** Where a page of the processor leads back to: it names what was begun there. */
type Begun = { payment_id?: string; setup_id?: string }

function portalUrls(at: At) {
  return {
    overview: (business_id: string) => at(`/${business_id}/`),
    subscriptions: (business_id: string, query?: { page?: number }) => at(`/${business_id}/subscriptions`, query),
    /** `done` names what was just done there. */
    subscription: (business_id: string, subscription_id: string, query?: { done?: string }) =>
      at(`/${business_id}/subscriptions/${subscription_id}`, query),
    ...subscriptionUrls(at),
    ...billingUrls(at),
    ...sessionUrls(at),
    ...methodUrls(at),
    paymentMethods: (business_id: string, query?: { done?: string }) => at(`/${business_id}/payment-methods`, query),
    ...holdingsUrls(at),
    profile: (business_id: string, query?: { done?: string }) => at(`/${business_id}/profile`, query),
    language: (business_id: string) => at(`/${business_id}/language`),
    signOut: (business_id: string) => at(`/${business_id}/sign-out`),
  }
}

/** What a customer holds and uses: keys, files, usage, credit. */
function holdingsUrls(at: At) {
  return {
    /** All of them, or those of one purchase: a subscription's, or of a payment for what was bought once. */
    licenseKeys: (business_id: string, query?: { page?: number; subscription?: string; payment?: string }) =>
      at(`/${business_id}/license-keys`, query),
    licenseKey: (business_id: string, license_key_id: string, query?: { page?: number; done?: string }) =>
      at(`/${business_id}/license-keys/${license_key_id}`, query),
    devicesDeactivation: (business_id: string, license_key_id: string) =>
      at(`/${business_id}/license-keys/${license_key_id}/devices/deactivation`),
    deviceDeactivation: (business_id: string, license_key_id: string, license_key_instance_id: string) =>
      at(`/${business_id}/license-keys/${license_key_id}/devices/${license_key_instance_id}/deactivation`),
    /** What purchases unlock: all of them, or one, named as for license keys. */
    entitlements: (business_id: string, query?: { page?: number; subscription?: string; payment?: string }) =>
      at(`/${business_id}/entitlements`, query),
    /** Leads to the files, while they are the customer's. */
    entitlementFiles: (business_id: string, files_grant_id: string) =>
      at(`/${business_id}/entitlements/${files_grant_id}/files`),
    /** One that is kept here. */
    entitlementFile: (business_id: string, files_grant_id: string, file_id: string) =>
      at(`/${business_id}/entitlements/${files_grant_id}/files/${file_id}`),
    /** Those of the subscriptions that are measured, page by page. */
    usage: (business_id: string, query?: { page?: number }) => at(`/${business_id}/usage`, query),
    /** What was billed of a subscription's usage, period by period. */
    usageHistory: (business_id: string, subscription_id: string, query?: { page?: number }) =>
      at(`/${business_id}/usage/subscriptions/${subscription_id}`, query),
    wallet: (business_id: string, query: { currency: string; page?: number }) =>
      at(`/${business_id}/usage/wallet`, query),
    credits: (business_id: string, credit_entitlement_id: string, query?: { page?: number }) =>
      at(`/${business_id}/usage/credits/${credit_entitlement_id}`, query),
    profile: (business_id: string, query?: { done?: string }) => at(`/${business_id}/profile`, query),
    profileBilling: (business_id: string) => at(`/${business_id}/profile/billing-information`),
    profileEmail: (business_id: string) => at(`/${business_id}/profile/email`),
    activity: (business_id: string, query?: { page?: number }) => at(`/${business_id}/profile/activity`, query),
    dataExport: (business_id: string) => at(`/${business_id}/profile/data.json`),
    deletion: (business_id: string) => at(`/${business_id}/profile/deletion`),
    language: (business_id: string) => at(`/${business_id}/language`),
    signOut: (business_id: string) => at(`/${business_id}/sign-out`),
  }
}

/** What is done to one subscription, and told of it. */
function subscriptionUrls(at: At) {
  return {
    /** The plans to change to; what is chosen there is quoted. */
    planChange: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/plan`),
    scheduledChangeUndo: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/scheduled-change/undo`),
    unpaidChangeUndo: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/unpaid-change/undo`),
    planQuote: (business_id: string, subscription_id: string, quote_id: string, query?: { anew?: string }) =>
      at(`/${business_id}/subscriptions/${subscription_id}/plan/${quote_id}`, query),
    /** Back from the page of the bank; and there was no wish to go there. */
    planQuoteReturn: (business_id: string, subscription_id: string, quote_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/plan/${quote_id}/return`),
    planQuoteStop: (business_id: string, subscription_id: string, quote_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/plan/${quote_id}/stop`),
    pause: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/pause`),
    resumption: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/resumption`),
    resubscription: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/resubscription`),
    subscriptionBilling: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/billing-information`),
    cancellation: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/cancellation`),
    cancellationOffer: (business_id: string, subscription_id: string, offer_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/cancellation/offers/${offer_id}`),
    cancellationUndo: (business_id: string, subscription_id: string) =>
      at(`/${business_id}/subscriptions/${subscription_id}/cancellation/undo`),
  }
}

/** Ways to pay. */
function methodUrls(at: At) {
  return {
    paymentMethods: (business_id: string, query?: { done?: string }) => at(`/${business_id}/payment-methods`, query),
    paymentMethodsReturn: (business_id: string, query?: Begun) => at(`/${business_id}/payment-methods/return`, query),
    paymentMethodDefault: (business_id: string, payment_method_id: string) =>
      at(`/${business_id}/payment-methods/${payment_method_id}/default`),
    paymentMethodRemoval: (business_id: string, payment_method_id: string) =>
      at(`/${business_id}/payment-methods/${payment_method_id}/removal`),
    subscriptionPaymentMethod: (business_id: string, subscription_id: string, query?: { done?: string }) =>
      at(`/${business_id}/subscriptions/${subscription_id}/payment-method`, query),
    subscriptionPaymentMethodReturn: (business_id: string, subscription_id: string, query?: Begun) =>
      at(`/${business_id}/subscriptions/${subscription_id}/payment-method/return`, query),
  }
}

/** Payments and their papers. */
function billingUrls(at: At) {
  return {
    billingHistory: (business_id: string, query?: HistoryQuery & { page?: number }) =>
      at(`/${business_id}/billing-history`, query),
    billingHistoryCsv: (business_id: string, query?: HistoryQuery) =>
      at(`/${business_id}/billing-history/export.csv`, query),
    billingHistoryZip: (business_id: string, query?: Pick<HistoryQuery, 'from' | 'to'>) =>
      at(`/${business_id}/billing-history/documents.zip`, query),
    payment: (business_id: string, payment_id: string, query?: { done?: string }) =>
      at(`/${business_id}/billing-history/${payment_id}`, query),
    invoice: (business_id: string, payment_id: string) => at(`/${business_id}/billing-history/${payment_id}/invoice`),
    /** The invoice with the details it should have had. */
    invoiceCorrection: (business_id: string, payment_id: string) =>
      at(`/${business_id}/billing-history/${payment_id}/correction`),
    invoiceDetails: (business_id: string, payment_id: string) =>
      at(`/${business_id}/billing-history/${payment_id}/details`),
    creditNote: (business_id: string, payment_id: string, credit_note_id: string) =>
      at(`/${business_id}/billing-history/${payment_id}/credit-notes/${credit_note_id}`),
  }
}

/** Who is signed in, as whom, and where. */
function sessionUrls(at: At) {
  return {
    /** Where one address has several customers: which to be. */
    choice: (business_id: string, query?: { to?: string }) => at(`/${business_id}/choice`, query),
    sessions: (business_id: string, query?: { done?: string }) => at(`/${business_id}/profile/sessions`, query),
    sessionsEverywhere: (business_id: string) => at(`/${business_id}/profile/sessions/everywhere`),
    session: (business_id: string, session_id: string) => at(`/${business_id}/profile/sessions/${session_id}`),
  }
}

/** Everything an address has, at whichever business. */
function businessUrls(at: At) {
  return {
    overview: (query?: { page?: number }) => at('/businesses', query),
    billingHistory: (query?: { page?: number }) => at('/businesses/billing-history', query),
    /** A POST that switches into a business's portal. */
    entry: (business_id: string) => at(`/businesses/${business_id}/entry`),
    invoice: (business_id: string, payment_id: string) => at(`/businesses/${business_id}/invoices/${payment_id}`),
    creditNote: (business_id: string, payment_id: string, credit_note_id: string) =>
      at(`/businesses/${business_id}/invoices/${payment_id}/credit-notes/${credit_note_id}`),
    signOut: () => at('/businesses/sign-out'),
  }
}

export type Urls = ReturnType<typeof urlsOf>
