// Every operation of the API, in the order of its reference.

import { createAddonEndpoint } from './addons/create-addon.ts'
import { listAddonsEndpoint } from './addons/list-addons.ts'
import { retrieveAddonEndpoint } from './addons/retrieve-addon.ts'
import { updateAddonEndpoint } from './addons/update-addon.ts'
import { createCreditEntitlementEndpoint } from './credit-entitlements/create-credit-entitlement.ts'
import { createCreditEntryEndpoint } from './credit-entitlements/create-credit-entry.ts'
import { deleteCreditEntitlementEndpoint } from './credit-entitlements/delete-credit-entitlement.ts'
import { listCreditBalancesEndpoint } from './credit-entitlements/list-credit-balances.ts'
import { listCreditEntitlementsEndpoint } from './credit-entitlements/list-credit-entitlements.ts'
import { listCreditGrantsEndpoint } from './credit-entitlements/list-credit-grants.ts'
import { listCreditLedgerEndpoint } from './credit-entitlements/list-credit-ledger.ts'
import { listCustomerCreditsEndpoint } from './credit-entitlements/list-customer-credits.ts'
import { retrieveCreditBalanceEndpoint } from './credit-entitlements/retrieve-credit-balance.ts'
import { retrieveCreditEntitlementEndpoint } from './credit-entitlements/retrieve-credit-entitlement.ts'
import { retrieveCreditUsageEndpoint } from './credit-entitlements/retrieve-credit-usage.ts'
import { undeleteCreditEntitlementEndpoint } from './credit-entitlements/undelete-credit-entitlement.ts'
import { updateCreditEntitlementEndpoint } from './credit-entitlements/update-credit-entitlement.ts'
import { createCustomerEndpoint } from './customers/create-customer.ts'
import { createPortalSessionEndpoint } from './customers/create-portal-session.ts'
import { deletePaymentMethodEndpoint } from './customers/delete-payment-method.ts'
import { eraseCustomerEndpoint } from './customers/erase-customer.ts'
import { exportCustomerEndpoint } from './customers/export-customer.ts'
import { listCustomersEndpoint } from './customers/list-customers.ts'
import { listCustomerGrantsEndpoint } from './customers/list-entitlement-grants.ts'
import { listCustomerEntitlementsEndpoint } from './customers/list-entitlements.ts'
import { listPaymentMethodsEndpoint } from './customers/list-payment-methods.ts'
import { listSentEmailsEndpoint } from './customers/list-sent-emails.ts'
import { retrieveCustomerEndpoint } from './customers/retrieve-customer.ts'
import { retrieveEmailBodyEndpoint } from './customers/retrieve-email-body.ts'
import { updateCustomerEndpoint } from './customers/update-customer.ts'
import { addDiscountCustomersEndpoint } from './discounts/add-discount-customers.ts'
import { createDiscountEndpoint } from './discounts/create-discount.ts'
import { deleteDiscountEndpoint } from './discounts/delete-discount.ts'
import { listDiscountCustomersEndpoint } from './discounts/list-discount-customers.ts'
import { listDiscountsEndpoint } from './discounts/list-discounts.ts'
import { removeDiscountCustomerEndpoint } from './discounts/remove-discount-customer.ts'
import { retrieveDiscountEndpoint } from './discounts/retrieve-discount.ts'
import { retrieveDiscountByCodeEndpoint } from './discounts/retrieve-discount-by-code.ts'
import { updateDiscountEndpoint } from './discounts/update-discount.ts'
import type { Endpoint } from './endpoint.ts'
import { entitlementEndpoints } from './entitlements/entitlement-endpoints.ts'
import { ingestEventsEndpoint } from './events/ingest-events.ts'
import { listEventsEndpoint } from './events/list-events.ts'
import { retrieveEventEndpoint } from './events/retrieve-event.ts'
import { imageEndpoints } from './image-endpoints.ts'
import { importLicenseKeyEndpoint } from './license-keys/import-license-key.ts'
import { listInstancesEndpoint } from './license-keys/list-instances.ts'
import { listLicenseKeysEndpoint } from './license-keys/list-license-keys.ts'
import { retrieveInstanceEndpoint } from './license-keys/retrieve-instance.ts'
import { retrieveLicenseKeyEndpoint } from './license-keys/retrieve-license-key.ts'
import { updateInstanceEndpoint } from './license-keys/update-instance.ts'
import { updateLicenseKeyEndpoint } from './license-keys/update-license-key.ts'
import { activateLicenseEndpoint } from './licenses/activate-license.ts'
import { deactivateLicenseEndpoint } from './licenses/deactivate-license.ts'
import { validateLicenseEndpoint } from './licenses/validate-license.ts'
import { archiveLocalizedPriceEndpoint } from './localized-prices/archive-localized-price.ts'
import { createLocalizedPriceEndpoint } from './localized-prices/create-localized-price.ts'
import { listLocalizedPricesEndpoint } from './localized-prices/list-localized-prices.ts'
import { retrieveLocalizedPriceEndpoint } from './localized-prices/retrieve-localized-price.ts'
import { updateLocalizedPriceEndpoint } from './localized-prices/update-localized-price.ts'
import { archiveMeterEndpoint } from './meters/archive-meter.ts'
import { createMeterEndpoint } from './meters/create-meter.ts'
import { listMetersEndpoint } from './meters/list-meters.ts'
import { retrieveMeterEndpoint } from './meters/retrieve-meter.ts'
import { unarchiveMeterEndpoint } from './meters/unarchive-meter.ts'
import { orderEndpoints } from './order-endpoints.ts'
import { listPaymentsEndpoint } from './payments/list-payments.ts'
import { retrieveInvoiceEndpoint } from './payments/retrieve-invoice.ts'
import { retrieveLineItemsEndpoint } from './payments/retrieve-line-items.ts'
import { retrievePaymentEndpoint } from './payments/retrieve-payment.ts'
import { retrieveRetryStateEndpoint } from './payments/retrieve-retry-state.ts'
import { retryPaymentEndpoint } from './payments/retry-payment.ts'
import { porticoEndpoints } from './portico-endpoints.ts'
import { addItemsEndpoint } from './product-collections/add-items.ts'
import { archiveCollectionEndpoint } from './product-collections/archive-collection.ts'
import { createCollectionEndpoint } from './product-collections/create-collection.ts'
import { createGroupEndpoint } from './product-collections/create-group.ts'
import { deleteGroupEndpoint } from './product-collections/delete-group.ts'
import { deleteItemEndpoint } from './product-collections/delete-item.ts'
import { listCollectionsEndpoint } from './product-collections/list-collections.ts'
import { retrieveCollectionEndpoint } from './product-collections/retrieve-collection.ts'
import { unarchiveCollectionEndpoint } from './product-collections/unarchive-collection.ts'
import { updateCollectionEndpoint } from './product-collections/update-collection.ts'
import { updateGroupEndpoint } from './product-collections/update-group.ts'
import { updateItemEndpoint } from './product-collections/update-item.ts'
import { archiveProductEndpoint } from './products/archive-product.ts'
import { productEndpoints } from './products/product-endpoints.ts'
import { unarchiveProductEndpoint } from './products/unarchive-product.ts'
import { createRefundEndpoint } from './refunds/create-refund.ts'
import { listRefundsEndpoint } from './refunds/list-refunds.ts'
import { retrieveCreditNoteEndpoint } from './refunds/retrieve-credit-note.ts'
import { retrieveRefundEndpoint } from './refunds/retrieve-refund.ts'
import { sellingEndpoints } from './selling-endpoints.ts'
import { cancelScheduledChangeEndpoint } from './subscriptions/cancel-scheduled-change.ts'
import { changePlanEndpoint } from './subscriptions/change-plan.ts'
import { listSubscriptionsEndpoint } from './subscriptions/list-subscriptions.ts'
import { previewPlanChangeEndpoint } from './subscriptions/preview-plan-change.ts'
import { retrieveSubscriptionEndpoint } from './subscriptions/retrieve-subscription.ts'
import { retrieveUsageHistoryEndpoint } from './subscriptions/retrieve-usage-history.ts'
import { updatePaymentMethodEndpoint } from './subscriptions/update-payment-method.ts'
import { updateSubscriptionEndpoint } from './subscriptions/update-subscription.ts'
import { createWalletEntryEndpoint } from './wallets/create-wallet-entry.ts'
import { listWalletEntriesEndpoint } from './wallets/list-wallet-entries.ts'
import { listWalletsEndpoint } from './wallets/list-wallets.ts'
import { createWebhookEndpoint } from './webhooks/create-webhook.ts'
import { deleteWebhookEndpoint } from './webhooks/delete-webhook.ts'
import { listWebhookDeliveriesEndpoint } from './webhooks/list-webhook-deliveries.ts'
import { listWebhooksEndpoint } from './webhooks/list-webhooks.ts'
import { replayWebhookEndpoint } from './webhooks/replay-webhook.ts'
import { retrieveWebhookEndpoint } from './webhooks/retrieve-webhook.ts'
import { retrieveWebhookHeadersEndpoint } from './webhooks/retrieve-webhook-headers.ts'
import { retrieveWebhookSecretEndpoint } from './webhooks/retrieve-webhook-secret.ts'
import { rotateWebhookSecretEndpoint } from './webhooks/rotate-webhook-secret.ts'
import { updateWebhookEndpoint } from './webhooks/update-webhook.ts'
import { updateWebhookHeadersEndpoint } from './webhooks/update-webhook-headers.ts'

export const endpoints: readonly Endpoint[] = [
  createCustomerEndpoint,
  retrieveCustomerEndpoint,
  updateCustomerEndpoint,
  listCustomersEndpoint,
  eraseCustomerEndpoint,
  exportCustomerEndpoint,
  createPortalSessionEndpoint,
  listSentEmailsEndpoint,
  retrieveEmailBodyEndpoint,
  listPaymentMethodsEndpoint,
  deletePaymentMethodEndpoint,
  listWalletsEndpoint,
  listWalletEntriesEndpoint,
  createWalletEntryEndpoint,
  createCreditEntitlementEndpoint,
  listCreditEntitlementsEndpoint,
  retrieveCreditEntitlementEndpoint,
  updateCreditEntitlementEndpoint,
  deleteCreditEntitlementEndpoint,
  undeleteCreditEntitlementEndpoint,
  listCreditBalancesEndpoint,
  retrieveCreditBalanceEndpoint,
  listCreditGrantsEndpoint,
  listCreditLedgerEndpoint,
  createCreditEntryEndpoint,
  listCustomerCreditsEndpoint,
  retrieveCreditUsageEndpoint,
  ...productEndpoints,
  createDiscountEndpoint,
  retrieveDiscountByCodeEndpoint,
  retrieveDiscountEndpoint,
  updateDiscountEndpoint,
  deleteDiscountEndpoint,
  listDiscountsEndpoint,
  addDiscountCustomersEndpoint,
  listDiscountCustomersEndpoint,
  removeDiscountCustomerEndpoint,
  ...orderEndpoints,
  ...sellingEndpoints,
  retrieveSubscriptionEndpoint,
  updateSubscriptionEndpoint,
  listSubscriptionsEndpoint,
  changePlanEndpoint,
  previewPlanChangeEndpoint,
  cancelScheduledChangeEndpoint,
  updatePaymentMethodEndpoint,
  retrieveUsageHistoryEndpoint,
  retrievePaymentEndpoint,
  listPaymentsEndpoint,
  retrieveLineItemsEndpoint,
  retrieveInvoiceEndpoint,
  retrieveRetryStateEndpoint,
  retryPaymentEndpoint,
  createMeterEndpoint,
  retrieveMeterEndpoint,
  listMetersEndpoint,
  archiveMeterEndpoint,
  unarchiveMeterEndpoint,
  ingestEventsEndpoint,
  listEventsEndpoint,
  retrieveEventEndpoint,
  createRefundEndpoint,
  retrieveRefundEndpoint,
  listRefundsEndpoint,
  createWebhookEndpoint,
  retrieveWebhookEndpoint,
  updateWebhookEndpoint,
  deleteWebhookEndpoint,
  listWebhooksEndpoint,
  retrieveWebhookHeadersEndpoint,
  updateWebhookHeadersEndpoint,
  retrieveWebhookSecretEndpoint,
  rotateWebhookSecretEndpoint,
  listWebhookDeliveriesEndpoint,
  replayWebhookEndpoint,
  activateLicenseEndpoint,
  deactivateLicenseEndpoint,
  validateLicenseEndpoint,
  retrieveCreditNoteEndpoint,
  listLicenseKeysEndpoint,
  retrieveLicenseKeyEndpoint,
  updateLicenseKeyEndpoint,
  importLicenseKeyEndpoint,
  listInstancesEndpoint,
  retrieveInstanceEndpoint,
  updateInstanceEndpoint,
  ...entitlementEndpoints,
  listCustomerEntitlementsEndpoint,
  listCustomerGrantsEndpoint,
  createAddonEndpoint,
  listAddonsEndpoint,
  retrieveAddonEndpoint,
  updateAddonEndpoint,
  archiveProductEndpoint,
  unarchiveProductEndpoint,
  createCollectionEndpoint,
  listCollectionsEndpoint,
  retrieveCollectionEndpoint,
  updateCollectionEndpoint,
  archiveCollectionEndpoint,
  unarchiveCollectionEndpoint,
  createGroupEndpoint,
  updateGroupEndpoint,
  deleteGroupEndpoint,
  addItemsEndpoint,
  updateItemEndpoint,
  deleteItemEndpoint,
  listLocalizedPricesEndpoint,
  createLocalizedPriceEndpoint,
  retrieveLocalizedPriceEndpoint,
  updateLocalizedPriceEndpoint,
  archiveLocalizedPriceEndpoint,
  ...imageEndpoints,
  ...porticoEndpoints,
]
