// The rows of the sandbox's books, as the generated schema has them.
import type { Selectable } from 'kysely'
import type { SandboxDB } from '#db/sandbox-schema.ts'

export type { SandboxDB } from '#db/sandbox-schema.ts'

export type MethodRow = Selectable<SandboxDB['methods']>
export type IntentRow = Selectable<SandboxDB['intents']>
export type PageRow = Selectable<SandboxDB['pages']>
export type TryRow = Selectable<SandboxDB['tries']>
export type DisputeRow = Selectable<SandboxDB['disputes']>
export type RefundRow = Selectable<SandboxDB['refunds']>
