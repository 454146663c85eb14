// Checked by the compiler alone: what we send is what the published SDK says it gets, and what it sends is what we say we take.

import type { z } from '@hono/zod-openapi'
import type {
  AddonCreateParams,
  AddonListParams,
  AddonResponse,
  AddonUpdateParams,
} from 'dodopayments/resources/addons'
import type {
  CheckoutSessionCreateParams,
  CheckoutSessionResponse,
  CheckoutSessionStatus,
} from 'dodopayments/resources/checkout-sessions'
import type {
  Customer,
  CustomerCreateParams,
  CustomerListEntitlementGrantsParams,
  CustomerListEntitlementsResponse,
  CustomerListParams,
  CustomerPortalCreateParams,
  CustomerPortalSession,
  CustomerRetrievePaymentMethodsResponse,
  CustomerUpdateParams,
} from 'dodopayments/resources/customers/index'
import type {
  CustomerWalletTransaction,
  LedgerEntryCreateParams,
  LedgerEntryListParams,
} from 'dodopayments/resources/customers/wallets/ledger-entries'
import type { CustomerWallet, WalletListResponse } from 'dodopayments/resources/customers/wallets/wallets'
import type { Dispute, GetDispute } from 'dodopayments/resources/disputes'
import type {
  Entitlement,
  EntitlementCreateParams,
  EntitlementIntegrationType,
  EntitlementListParams,
  EntitlementUpdateParams,
} from 'dodopayments/resources/entitlements/entitlements'
import type {
  EntitlementGrant,
  GrantFulfillLicenseKeyParams,
  GrantListParams,
  LicenseKeyGrant,
} from 'dodopayments/resources/entitlements/grants'
import type {
  LicenseKeyInstance,
  LicenseKeyInstanceListParams,
  LicenseKeyInstanceUpdateParams,
} from 'dodopayments/resources/license-key-instances'
import type {
  LicenseKey,
  LicenseKeyCreateParams,
  LicenseKeyListParams,
  LicenseKeyUpdateParams,
} from 'dodopayments/resources/license-keys'
import type {
  LicenseActivateParams,
  LicenseActivateResponse,
  LicenseDeactivateParams,
  LicenseValidateParams,
  LicenseValidateResponse,
} from 'dodopayments/resources/licenses'
import type { Meter, MeterCreateParams, MeterListParams } from 'dodopayments/resources/meters'
import type { CountryCode, Currency, TaxCategory } from 'dodopayments/resources/misc'
import type {
  ManualRetry,
  ManualRetryState,
  Payment,
  PaymentListParams,
  PaymentListResponse,
  PaymentRetrieveLineItemsResponse,
  RefundListItem,
} from 'dodopayments/resources/payments'
import type {
  GroupCreateParams,
  GroupUpdateParams,
  ProductCollectionGroupResponse,
} from 'dodopayments/resources/product-collections/groups/groups'
import type {
  ItemCreateParams,
  ItemUpdateParams,
  ProductCollectionProduct,
} from 'dodopayments/resources/product-collections/groups/items'
import type {
  ProductCollection,
  ProductCollectionCreateParams,
  ProductCollectionListParams,
  ProductCollectionListResponse,
  ProductCollectionUnarchiveResponse,
  ProductCollectionUpdateParams,
} from 'dodopayments/resources/product-collections/product-collections'
import type {
  Product,
  ProductCreateParams,
  ProductListParams,
  ProductListResponse,
  ProductUpdateParams,
} from 'dodopayments/resources/products/index'
import type {
  ListLocalizedPricesResponse,
  LocalizedPrice,
  LocalizedPriceCreateParams,
  LocalizedPriceUpdateParams,
} from 'dodopayments/resources/products/localized-prices'
import type { Refund, RefundCreateParams, RefundListParams } from 'dodopayments/resources/refunds'
import type {
  CancellationFeedback,
  ScheduledPlanChange,
  Subscription,
  SubscriptionChangePlanParams,
  SubscriptionChangePlanResponse,
  SubscriptionListParams,
  SubscriptionListResponse,
  SubscriptionPreviewChangePlanParams,
  SubscriptionPreviewChangePlanResponse,
  SubscriptionRetrieveUsageHistoryParams,
  SubscriptionRetrieveUsageHistoryResponse,
  SubscriptionUpdateParams,
  SubscriptionUpdatePaymentMethodParams,
  SubscriptionUpdatePaymentMethodResponse,
} from 'dodopayments/resources/subscriptions'
import type {
  Event as UsageEvent,
  UsageEventIngestParams,
  UsageEventIngestResponse,
  UsageEventListParams,
} from 'dodopayments/resources/usage-events'
import type { WebhookEventType } from 'dodopayments/resources/webhook-events'
import type { HeaderRetrieveResponse } from 'dodopayments/resources/webhooks/headers'
import type {
  DunningStartedWebhookEvent,
  WebhookCreateParams,
  WebhookDetails,
  WebhookListParams,
  WebhookUpdateParams,
} from 'dodopayments/resources/webhooks/webhooks'
import type { createAddonBody } from '#api/addons/create-addon.ts'
import type { listAddonsQuery } from '#api/addons/list-addons.ts'
import type { updateAddonBody } from '#api/addons/update-addon.ts'
import type { createCheckoutBody } from '#api/checkouts/checkout-input.ts'
import type { createCustomerBody } from '#api/customers/create-customer.ts'
import type { portalSessionQuery } from '#api/customers/create-portal-session.ts'
import type { listCustomersQuery } from '#api/customers/list-customers.ts'
import type { listCustomerGrantsQuery } from '#api/customers/list-entitlement-grants.ts'
import type { updateCustomerBody } from '#api/customers/update-customer.ts'
import type { createEntitlementBody } from '#api/entitlements/create-entitlement.ts'
import type { fulfillLicenseKeyBody } from '#api/entitlements/fulfill-license-key.ts'
import type { listEntitlementsQuery } from '#api/entitlements/list-entitlements.ts'
import type { listGrantsQuery } from '#api/entitlements/list-grants.ts'
import type { updateEntitlementBody } from '#api/entitlements/update-entitlement.ts'
import type { ingestEventsBody } from '#api/events/event-input.ts'
import type { listEventsQuery } from '#api/events/list-events.ts'
import type { importLicenseKeyBody } from '#api/license-keys/import-license-key.ts'
import type { listInstancesQuery } from '#api/license-keys/list-instances.ts'
import type { listLicenseKeysQuery } from '#api/license-keys/list-license-keys.ts'
import type { updateInstanceBody } from '#api/license-keys/update-instance.ts'
import type { updateLicenseKeyBody } from '#api/license-keys/update-license-key.ts'
import type { activateLicenseBody } from '#api/licenses/activate-license.ts'
import type { deactivateLicenseBody } from '#api/licenses/deactivate-license.ts'
import type { validateLicenseBody } from '#api/licenses/validate-license.ts'
import type { createLocalizedPriceBody } from '#api/localized-prices/create-localized-price.ts'
import type { updateLocalizedPriceBody } from '#api/localized-prices/update-localized-price.ts'
import type { listMetersQuery } from '#api/meters/list-meters.ts'
import type { createMeterBody } from '#api/meters/meter-input.ts'
import type { listPaymentsQuery } from '#api/payments/list-payments.ts'
import type { addItemsBody } from '#api/product-collections/add-items.ts'
import type { groupInput } from '#api/product-collections/collection-input.ts'
import type { createCollectionBody } from '#api/product-collections/create-collection.ts'
import type { listCollectionsQuery } from '#api/product-collections/list-collections.ts'
import type { unarchivedSchema } from '#api/product-collections/unarchive-collection.ts'
import type { updateCollectionBody } from '#api/product-collections/update-collection.ts'
import type { updateGroupBody } from '#api/product-collections/update-group.ts'
import type { updateItemBody } from '#api/product-collections/update-item.ts'
import type { createProductBody } from '#api/products/create-product.ts'
import type { listProductsQuery } from '#api/products/list-products.ts'
import type { updateProductBody } from '#api/products/update-product.ts'
import type { createRefundBody } from '#api/refunds/create-refund.ts'
import type { listRefundsQuery } from '#api/refunds/list-refunds.ts'
import type { listSubscriptionsQuery } from '#api/subscriptions/list-subscriptions.ts'
import type { changePlanBody } from '#api/subscriptions/plan-change-input.ts'
import type { usageHistoryQuery } from '#api/subscriptions/retrieve-usage-history.ts'
import type { updateSubscriptionBody } from '#api/subscriptions/subscription-input.ts'
import type { updatePaymentMethodBody } from '#api/subscriptions/update-payment-method.ts'
import type { createWalletEntryBody } from '#api/wallets/create-wallet-entry.ts'
import type { listWalletEntriesQuery } from '#api/wallets/list-wallet-entries.ts'
import type { listWebhooksQuery } from '#api/webhooks/list-webhooks.ts'
import type { createWebhookBody, updateWebhookBody } from '#api/webhooks/webhook-input.ts'
import type { WireAddon } from '#wire/addon.ts'
import type { WireCheckoutLink, WireCheckoutSession } from '#wire/checkout-session.ts'
import type * as codes from '#wire/codes.ts'
import type { WireCustomer } from '#wire/customer.ts'
import type { WireDispute, wholeDisputeToWire } from '#wire/dispute.ts'
import type { WireDunningAttempt } from '#wire/dunning-attempt.ts'
import type { WireEntitlement } from '#wire/entitlement.ts'
import type { WireCustomerEntitlement, WireGrant } from '#wire/entitlement-grant.ts'
import type { WireLicenseKey } from '#wire/license-key.ts'
import type { WireActivatedInstance, WireLicenseKeyInstance, WireLicenseValidity } from '#wire/license-key-instance.ts'
import type { WireLocalizedPrice } from '#wire/localized-price.ts'
import type { WireManualRetry, WireManualRetryState } from '#wire/manual-retry.ts'
import type { WireMeter } from '#wire/meter.ts'
import type { WirePayment } from '#wire/payment.ts'
import type { WirePaymentLineItems } from '#wire/payment-line-items.ts'
import type { WirePaymentListItem } from '#wire/payment-list-item.ts'
import type { WirePaymentMethod } from '#wire/payment-method.ts'
import type { WirePaymentMethodUpdate } from '#wire/payment-method-update.ts'
import type { WirePlanChangeAnswer, WirePlanChangePreview } from '#wire/plan-change.ts'
import type { WirePortalSession } from '#wire/portal-session.ts'
import type { WireProduct } from '#wire/product.ts'
import type {
  WireCollection,
  WireCollectionGroup,
  WireCollectionItem,
  WireCollectionListItem,
} from '#wire/product-collection.ts'
import type { WireProductListItem } from '#wire/product-list-item.ts'
import type { WireRefund, WireRefundListItem } from '#wire/refund.ts'
import type { WireSubscription } from '#wire/subscription.ts'
import type { WireSubscriptionListItem } from '#wire/subscription-list-item.ts'
import type { WireIngested, WireUsageEvent } from '#wire/usage-event.ts'
import type { WireUsagePeriod } from '#wire/usage-history.ts'
import type { WireWallet, WireWalletEntry, WireWallets } from '#wire/wallet.ts'
import type * as webhook from '#wire/webhook.ts'
import type { Fits, Heard, Same, Whole } from './fits.ts'

export type Answers = [
  Fits<WireCustomer, Customer>,
  Fits<WirePortalSession, CustomerPortalSession>,
  Fits<WirePaymentMethod, CustomerRetrievePaymentMethodsResponse.Item>,
  Fits<WireProduct, Product>,
  Fits<WireProductListItem, ProductListResponse>,
  Fits<WireLocalizedPrice, LocalizedPrice>,
  Fits<{ items: WireLocalizedPrice[] }, ListLocalizedPricesResponse>,
  Fits<WireAddon, AddonResponse>,
  Fits<WireCollection, ProductCollection>,
  Fits<WireCollectionListItem, ProductCollectionListResponse>,
  Fits<WireCollectionGroup, ProductCollectionGroupResponse>,
  Fits<WireCollectionItem, ProductCollectionProduct>,
  Fits<z.output<typeof unarchivedSchema>, ProductCollectionUnarchiveResponse>,
  Fits<WireCheckoutLink, CheckoutSessionResponse>,
  Fits<WireCheckoutSession, CheckoutSessionStatus>,
  Fits<WireSubscription, Subscription>,
  Fits<WireSubscriptionListItem, SubscriptionListResponse>,
  Fits<WirePlanChangeAnswer, SubscriptionChangePlanResponse>,
  Fits<WirePaymentMethodUpdate, SubscriptionUpdatePaymentMethodResponse>,
  Fits<WireManualRetry, ManualRetry>,
  Fits<WireManualRetryState, ManualRetryState>,
  Fits<WirePlanChangePreview, SubscriptionPreviewChangePlanResponse>,
  Fits<WirePayment, Payment>,
  Fits<WirePaymentListItem, PaymentListResponse>,
  Fits<WirePaymentLineItems, PaymentRetrieveLineItemsResponse>,
  Fits<WireRefundListItem, RefundListItem>,
  Fits<WireActivatedInstance, LicenseActivateResponse>,
  Fits<WireLicenseValidity, LicenseValidateResponse>,
  Fits<WireLicenseKey, LicenseKey>,
  Fits<WireLicenseKeyInstance, LicenseKeyInstance>,
  Fits<WireEntitlement, Entitlement>,
  Fits<WireGrant, EntitlementGrant>,
  Fits<WireCustomerEntitlement, CustomerListEntitlementsResponse.Item>,
  Fits<WireWallet, CustomerWallet>,
  Fits<WireWallets, WalletListResponse>,
  Fits<WireWalletEntry, CustomerWalletTransaction>,
  Fits<WireMeter, Meter>,
  Fits<WireUsagePeriod, SubscriptionRetrieveUsageHistoryResponse>,
  Fits<WireUsageEvent, UsageEvent>,
  Fits<WireIngested, UsageEventIngestResponse>,
  Fits<WireRefund, Refund>,
  Fits<WireDispute, Dispute>,
  Fits<ReturnType<typeof wholeDisputeToWire>, GetDispute>,
  Fits<webhook.WireWebhook, WebhookDetails>,
  Fits<WireDunningAttempt, DunningStartedWebhookEvent.Data>,
  Fits<webhook.WireWebhookHeaders, HeaderRetrieveResponse>,
]

export type WholeAnswers = [
  Whole<WireCustomer, Customer>,
  Whole<WirePaymentMethod, CustomerRetrievePaymentMethodsResponse.Item>,
  Whole<WireProduct, Product>,
  Whole<WireProductListItem, ProductListResponse>,
  Whole<WireLocalizedPrice, LocalizedPrice>,
  Whole<WireAddon, AddonResponse>,
  Whole<WireCollection, ProductCollection>,
  Whole<WireCollectionListItem, ProductCollectionListResponse>,
  Whole<WireCollectionGroup, ProductCollectionGroupResponse>,
  Whole<WireCollectionItem, ProductCollectionProduct>,
  Whole<WireCheckoutLink, CheckoutSessionResponse>,
  Whole<WireCheckoutSession, CheckoutSessionStatus>,
  Whole<WireSubscription, Subscription>,
  Whole<WireSubscriptionListItem, SubscriptionListResponse>,
  Whole<NonNullable<WireSubscription['scheduled_change']>, ScheduledPlanChange>,
  Whole<WirePlanChangeAnswer, SubscriptionChangePlanResponse>,
  Whole<WirePaymentMethodUpdate, SubscriptionUpdatePaymentMethodResponse>,
  Whole<WireManualRetry, ManualRetry>,
  Whole<WireManualRetryState, ManualRetryState>,
  Whole<WirePlanChangePreview, SubscriptionPreviewChangePlanResponse>,
  Whole<WirePayment, Payment>,
  Whole<WirePaymentListItem, PaymentListResponse>,
  Whole<WireRefundListItem, RefundListItem>,
  Whole<WireActivatedInstance, LicenseActivateResponse>,
  Whole<WireLicenseKey, LicenseKey>,
  Whole<WireEntitlement, Entitlement>,
  Whole<WireGrant, EntitlementGrant>,
  Whole<NonNullable<WireGrant['license_key']>, LicenseKeyGrant>,
  Whole<WireCustomerEntitlement, CustomerListEntitlementsResponse.Item>,
  Whole<WireWalletEntry, CustomerWalletTransaction>,
  Whole<WireMeter, Meter>,
  Whole<WireUsagePeriod, SubscriptionRetrieveUsageHistoryResponse>,
  Whole<WireUsageEvent, UsageEvent>,
  Whole<WireRefund, Refund>,
  Whole<WireDispute, Dispute>,
  Whole<ReturnType<typeof wholeDisputeToWire>, GetDispute>,
  Whole<webhook.WireWebhook, WebhookDetails>,
  Whole<WireDunningAttempt, DunningStartedWebhookEvent.Data>,
]

/** Without what stands in the address. */
type Body<Params> = Omit<Params, 'id' | 'group_id' | 'product_id'>

/** As the meter has them. */
type OfMeters = 'price.meters.description' | 'price.meters.measurement_unit' | 'price.meters.name'

export type Requests = [
  Heard<LicenseActivateParams, z.input<typeof activateLicenseBody>>,
  Heard<LicenseDeactivateParams, z.input<typeof deactivateLicenseBody>>,
  Heard<LicenseValidateParams, z.input<typeof validateLicenseBody>>,
  Heard<LicenseKeyCreateParams, z.input<typeof importLicenseKeyBody>>,
  Heard<LicenseKeyUpdateParams, z.input<typeof updateLicenseKeyBody>>,
  Heard<LicenseKeyInstanceUpdateParams, z.input<typeof updateInstanceBody>>,
  Heard<EntitlementCreateParams, z.input<typeof createEntitlementBody>>,
  Heard<EntitlementUpdateParams, z.input<typeof updateEntitlementBody>>,
  Heard<GrantFulfillLicenseKeyParams, z.input<typeof fulfillLicenseKeyBody>>,
  Heard<CustomerCreateParams, z.input<typeof createCustomerBody>>,
  Heard<CustomerUpdateParams, z.input<typeof updateCustomerBody>>,
  Heard<ProductCreateParams, z.input<typeof createProductBody>, OfMeters>,
  Heard<ProductUpdateParams, z.input<typeof updateProductBody>, OfMeters>,
  Heard<LocalizedPriceCreateParams, z.input<typeof createLocalizedPriceBody>>,
  Heard<Body<LocalizedPriceUpdateParams>, z.input<typeof updateLocalizedPriceBody>>,
  Heard<AddonCreateParams, z.input<typeof createAddonBody>>,
  Heard<AddonUpdateParams, z.input<typeof updateAddonBody>>,
  Heard<ProductCollectionCreateParams, z.input<typeof createCollectionBody>>,
  Heard<ProductCollectionUpdateParams, z.input<typeof updateCollectionBody>>,
  Heard<GroupCreateParams, z.input<typeof groupInput>>,
  Heard<Body<GroupUpdateParams>, z.input<typeof updateGroupBody>>,
  Heard<Body<ItemCreateParams>, z.input<typeof addItemsBody>>,
  Heard<Body<ItemUpdateParams>, z.input<typeof updateItemBody>>,
  Heard<CheckoutSessionCreateParams, z.input<typeof createCheckoutBody>>,
  Heard<SubscriptionUpdateParams, z.input<typeof updateSubscriptionBody>>,
  Heard<SubscriptionChangePlanParams, z.input<typeof changePlanBody>>,
  Heard<SubscriptionUpdatePaymentMethodParams['payment_method'], z.input<typeof updatePaymentMethodBody>>,
  Heard<RefundCreateParams, z.input<typeof createRefundBody>>,
  Heard<SubscriptionPreviewChangePlanParams, z.input<typeof changePlanBody>>,
  Heard<LedgerEntryCreateParams, z.input<typeof createWalletEntryBody>>,
  // Its filter nests without an end, which is more than the compiler follows.
  Fits<MeterCreateParams, z.input<typeof createMeterBody>>,
  Heard<UsageEventIngestParams, z.input<typeof ingestEventsBody>>,
  Heard<WebhookCreateParams, z.input<typeof createWebhookBody>>,
  Heard<WebhookUpdateParams, z.input<typeof updateWebhookBody>>,
]

/** Query parameters travel as text, so their names are what can be compared. */
export type Queries = [
  Fits<keyof LicenseKeyListParams, keyof z.input<typeof listLicenseKeysQuery>>,
  Fits<keyof LicenseKeyInstanceListParams, keyof z.input<typeof listInstancesQuery>>,
  Fits<keyof EntitlementListParams, keyof z.input<typeof listEntitlementsQuery>>,
  Fits<keyof GrantListParams, keyof z.input<typeof listGrantsQuery>>,
  Fits<keyof CustomerListEntitlementGrantsParams, keyof z.input<typeof listCustomerGrantsQuery>>,
  Fits<keyof CustomerListParams, keyof z.input<typeof listCustomersQuery>>,
  Fits<keyof CustomerPortalCreateParams, keyof z.input<typeof portalSessionQuery>>,
  Fits<keyof AddonListParams, keyof z.input<typeof listAddonsQuery>>,
  Fits<keyof ProductCollectionListParams, keyof z.input<typeof listCollectionsQuery>>,
  Fits<keyof ProductListParams, keyof z.input<typeof listProductsQuery>>,
  Fits<keyof SubscriptionListParams, keyof z.input<typeof listSubscriptionsQuery>>,
  Fits<keyof LedgerEntryListParams, keyof z.input<typeof listWalletEntriesQuery>>,
  Fits<keyof RefundListParams, keyof z.input<typeof listRefundsQuery>>,
  Fits<NonNullable<RefundListParams['status']>, NonNullable<z.input<typeof listRefundsQuery>['status']>>,
  Fits<keyof WebhookListParams, keyof z.input<typeof listWebhooksQuery>>,
  Fits<keyof PaymentListParams, keyof z.input<typeof listPaymentsQuery>>,
  Fits<keyof SubscriptionRetrieveUsageHistoryParams, keyof z.input<typeof usageHistoryQuery>>,
  Fits<keyof MeterListParams, keyof z.input<typeof listMetersQuery>>,
  Fits<keyof UsageEventListParams, keyof z.input<typeof listEventsQuery>>,
  Fits<NonNullable<PaymentListParams['status']>, NonNullable<z.input<typeof listPaymentsQuery>['status']>>,
  Fits<NonNullable<SubscriptionListParams['status']>, NonNullable<z.input<typeof listSubscriptionsQuery>['status']>>,
]

export type Lists = [
  Same<WireEntitlement['integration_type'], EntitlementIntegrationType>,
  Same<codes.Currency, Currency>,
  Same<codes.Country, CountryCode>,
  Same<codes.TaxCategory, TaxCategory>,
  Same<webhook.WebhookEventType, WebhookEventType>,
  Same<NonNullable<WireSubscription['cancellation_feedback']>, CancellationFeedback>,
]
