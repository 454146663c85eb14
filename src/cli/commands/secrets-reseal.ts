import { command } from '#cli/command.ts'
import { operatorOf } from '#cli/open.ts'
import { resealSecrets } from '#core/unscoped/reseal-secrets.ts'

export const secretsReseal = command({
  name: 'secrets reseal',
  says: 'Encrypts everything anew by SECRET_KEY, so that SECRET_KEYS_BEFORE can be taken away.',
  options: {},
  async run(portico) {
    const { test, live } = portico.modes()
    let resealed = 0
    for (const mode of [test, live]) if (mode !== undefined) resealed += await resealSecrets(operatorOf(mode))
    return { data: { resealed }, text: `${resealed} encrypted anew.` }
  },
})
