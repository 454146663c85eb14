// Operations of Portico's own about the business itself, after those of the published API.

import { listMailSwitchesEndpoint } from './emails/list-mail-switches.ts'
import { updateMailSwitchesEndpoint } from './emails/update-mail-switches.ts'
import type { Endpoint } from './endpoint.ts'
import { advanceTestClockEndpoint } from './test-clock/advance-test-clock.ts'

export const ownEndpoints: Endpoint[] = [listMailSwitchesEndpoint, updateMailSwitchesEndpoint, advanceTestClockEndpoint]
