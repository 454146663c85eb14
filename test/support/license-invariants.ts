// What must hold of license keys, devices and grants after any story.
import { sql } from 'kysely'

export const licenseInvariants: [string, ReturnType<typeof sql<{ n: number }>>][] = [
  [
    'license key whose count is not its devices, or is above its limit',
    sql`select count(*)::int n from license_keys k
          where k.activations_limit < k.instances_count
             or k.instances_count <> (select count(*) from license_key_instances i
                  where i.business_id = k.business_id and i.license_key_id = k.license_key_id)`,
  ],
  [
    'license key that works without a delivered grant, or rests though it was delivered',
    sql`select count(*)::int n from entitlement_grants g join license_keys k using (business_id, license_key_id)
          where case g.status when 'Delivered' then k.status = 'disabled' else k.status = 'active' end`,
  ],
  [
    'delivered license grant without a key',
    sql`select count(*)::int n from entitlement_grants g join entitlements e using (business_id, entitlement_id)
          where e.integration_type = 'license_key' and g.status = 'Delivered' and g.license_key_id is null`,
  ],
  [
    'grant that is open though its subscription is not, or rests though it is open',
    sql`select count(*)::int n from entitlement_grants g join subscriptions s using (business_id, subscription_id)
          where case when s.status in ('active', 'past_due')
                then g.revocation_reason in ('subscription_on_hold', 'SubscriptionPaused')
                else g.status = 'Delivered' end`,
  ],
]
