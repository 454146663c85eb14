// The one list of payment processors; nothing else names an adapter. The first one is a business's default.
import type { Processor } from './processor.ts'
import type { Sandbox } from './sandbox/sandbox.ts'

/** The processors of test mode. */
export function createProcessors({ sandbox }: { sandbox: Sandbox }): Processor[] {
  return [sandbox.processor]
}
