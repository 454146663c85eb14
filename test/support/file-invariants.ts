// What must hold of files whatever happened.
import { sql } from 'kysely'

export const fileInvariants: [string, ReturnType<typeof sql<{ n: number }>>][] = [
  [
    'attached file that is not there, or is to be taken away',
    sql`select count(*)::int n from entitlement_files l join files f using (business_id, file_id) where f.state <> 'stored' or f.remove_at is not null`,
  ],
  [
    'file that nothing delivers and nobody will take away',
    sql`select count(*)::int n from files f where f.remove_at is null and not exists (select 1 from entitlement_files l where l.business_id = f.business_id and l.file_id = f.file_id)`,
  ],
  [
    'file of what delivers none',
    sql`select count(*)::int n from entitlement_files l join entitlements e using (business_id, entitlement_id) where e.integration_type <> 'digital_files'`,
  ],
]
