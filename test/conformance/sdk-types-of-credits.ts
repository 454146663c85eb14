// Checked by the compiler alone, as sdk-types.ts is: what is said and taken of credits.
import type { z } from '@hono/zod-openapi'
import type {
  BalanceCreateLedgerEntryParams,
  BalanceCreateLedgerEntryResponse,
  BalanceListGrantsParams,
  BalanceListGrantsResponse,
  BalanceListLedgerParams,
  BalanceListParams,
  CreditLedgerEntry,
  CustomerCreditBalance,
} from 'dodopayments/resources/credit-entitlements/balances'
import type {
  CreditEntitlement,
  CreditEntitlementCreateParams,
  CreditEntitlementListParams,
  CreditEntitlementUpdateParams,
} from 'dodopayments/resources/credit-entitlements/credit-entitlements'
import type { CustomerListCreditEntitlementsResponse } from 'dodopayments/resources/customers/index'
import type { AttachCreditEntitlement, CreditEntitlementMappingResponse } from 'dodopayments/resources/products/index'
import type {
  CreditEntitlementCartResponse,
  SubscriptionRetrieveCreditUsageResponse,
  SubscriptionUpdateParams,
} from 'dodopayments/resources/subscriptions'
import type { createCreditEntryBody } from '#api/credit-entitlements/create-credit-entry.ts'
import type {
  createCreditEntitlementBody,
  productCreditInput,
  subscriptionCreditInput,
  updateCreditEntitlementBody,
} from '#api/credit-entitlements/credit-input.ts'
import type { listCreditBalancesQuery } from '#api/credit-entitlements/list-credit-balances.ts'
import type { listCreditEntitlementsQuery } from '#api/credit-entitlements/list-credit-entitlements.ts'
import type { listCreditGrantsQuery } from '#api/credit-entitlements/list-credit-grants.ts'
import type { listCreditLedgerQuery } from '#api/credit-entitlements/list-credit-ledger.ts'
import type { WireCustomerCredits } from '#api/credit-entitlements/list-customer-credits.ts'
import type { WireCreditUsage } from '#api/credit-entitlements/retrieve-credit-usage.ts'
import type {
  WireCreditBalance,
  WireCreditGrant,
  WireCreditLedgerEntry,
  WireNewCreditLedgerEntry,
} from '#wire/credit-balance.ts'
import type { WireCreditEntitlement } from '#wire/credit-entitlement.ts'
import type { WireProductCredit, WireSubscriptionCredit } from '#wire/credit-terms.ts'
import type { Fits, Heard, Whole } from './fits.ts'

export type Answers = [
  Fits<WireCreditEntitlement, CreditEntitlement>,
  Fits<WireCreditBalance, CustomerCreditBalance>,
  Fits<WireCreditGrant, BalanceListGrantsResponse>,
  Fits<WireCreditLedgerEntry, CreditLedgerEntry>,
  Fits<WireNewCreditLedgerEntry, BalanceCreateLedgerEntryResponse>,
  Fits<WireCustomerCredits, CustomerListCreditEntitlementsResponse>,
  Fits<WireCreditUsage, SubscriptionRetrieveCreditUsageResponse>,
  Fits<WireProductCredit, CreditEntitlementMappingResponse>,
  Fits<WireSubscriptionCredit, CreditEntitlementCartResponse>,
]

export type WholeAnswers = [
  Whole<WireCreditEntitlement, CreditEntitlement>,
  Whole<WireCreditBalance, CustomerCreditBalance>,
  Whole<WireCreditGrant, BalanceListGrantsResponse>,
  Whole<WireCreditLedgerEntry, CreditLedgerEntry>,
  Whole<WireNewCreditLedgerEntry, BalanceCreateLedgerEntryResponse>,
  Whole<WireCustomerCredits['items'][number], CustomerListCreditEntitlementsResponse.Item>,
  Whole<WireCreditUsage['items'][number], SubscriptionRetrieveCreditUsageResponse.Item>,
  Whole<WireProductCredit, CreditEntitlementMappingResponse>,
  Whole<WireSubscriptionCredit, CreditEntitlementCartResponse>,
]

export type Requests = [
  Heard<CreditEntitlementCreateParams, z.input<typeof createCreditEntitlementBody>>,
  Heard<CreditEntitlementUpdateParams, z.input<typeof updateCreditEntitlementBody>>,
  Fits<Omit<BalanceCreateLedgerEntryParams, 'credit_entitlement_id'>, z.input<typeof createCreditEntryBody>>,
  Fits<AttachCreditEntitlement, z.input<typeof productCreditInput>>,
  Fits<SubscriptionUpdateParams.CreditEntitlementCart, z.input<typeof subscriptionCreditInput>>,
]

/** Beside what stands in the path. */
type In<Params> = Exclude<keyof Params, 'credit_entitlement_id'>

export type Queries = [
  Fits<keyof CreditEntitlementListParams, keyof z.input<typeof listCreditEntitlementsQuery>>,
  Fits<In<BalanceListParams>, keyof z.input<typeof listCreditBalancesQuery>>,
  Fits<In<BalanceListGrantsParams>, keyof z.input<typeof listCreditGrantsQuery>>,
  Fits<In<BalanceListLedgerParams>, keyof z.input<typeof listCreditLedgerQuery>>,
]
