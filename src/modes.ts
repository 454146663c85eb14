// Test and live, put together: each mode's database, clocks, processors and background work.

import type { Logger } from 'pino'
import type { Connections } from '#db/connect.ts'
import { StartupError } from '#db/startup-error.ts'
import { mailDrawer } from '#email/mail-drawer.ts'
import { inboxMailer, type Mailer, smtpMailer } from '#email/mailer.ts'
import type { Processor } from '#processors/processor.ts'
import { createProcessors } from '#processors/registry.ts'
import { createSandbox, type Sandbox } from '#processors/sandbox/sandbox.ts'
import { type Clock, systemClock } from '#src/clock.ts'
import type { Config } from '#src/config.ts'
import type { Ctx } from '#src/context.ts'
import { egressOf } from '#src/egress.ts'
import { secretsOf } from '#src/secrets.ts'
import { type Mode, urlsOf } from '#src/urls.ts'
import { createStorage } from '#storage/create-storage.ts'
import type { Storage } from '#storage/storage.ts'
import { type Job, jobsOf } from '#worker/jobs.ts'

export interface ModeRuntime {
  ctx: Ctx
  jobs: Job[]
  /** The simulator; test mode only. */
  sandbox: Sandbox | undefined
}

export interface Modes {
  test: ModeRuntime
  live: ModeRuntime | undefined
}

export interface Assembly {
  config: Config
  connections: Connections
  secretKey: string
  log: Logger
  wall?: Clock
  /** Processors of live mode; tests hand in one of their own. */
  liveProcessors?: readonly Processor[]
  /** Where files lie; as the settings say unless a test knows better. */
  storage?: Storage
  /** How the sandbox hands us its webhooks; by HTTP unless the app is at hand. */
  deliverHook?: Parameters<typeof createSandbox>[0]['deliver']
}

/** Throws a StartupError where live mode is on but lacks what it needs. */
export function assembleModes(assembly: Assembly): Modes {
  const live = assembly.config.live_url
  if (live !== undefined) assertLiveIsReady(assembly)
  return { test: assembleTest(assembly), live: live === undefined ? undefined : assembleLive(assembly, live) }
}

function assembleTest(assembly: Assembly): ModeRuntime {
  const { config, connections, log, deliverHook, wall = systemClock } = assembly
  const ctx = contextOf(assembly, 'test', config.test_url)
  const sandbox = createSandbox({
    db: connections.pool('sandbox').db,
    baseUrl: config.test_url,
    hookUrl: (business_id) => ctx.urls.hook('sandbox', business_id),
    secret: ctx.secrets.derive('sandbox_hooks'),
    deliver: deliverHook,
    clock: () => wall.now(),
    log,
  })
  return { ctx: { ...ctx, processors: createProcessors({ sandbox }) }, jobs: jobsOf(inboxMailer), sandbox }
}

function assembleLive(assembly: Assembly, url: string): ModeRuntime {
  const { smtp_url = '', mail_from = '' } = assembly.config
  const mailer: Mailer & { from: string } = { ...smtpMailer(smtp_url), from: mail_from }
  const ctx = contextOf(assembly, 'live', url)
  return { ctx: { ...ctx, processors: liveOnly(assembly) }, jobs: jobsOf(mailer), sandbox: undefined }
}

function liveOnly({ liveProcessors = [] }: Assembly): Processor[] {
  return liveProcessors.filter((processor) => processor.live)
}

function contextOf(
  { config, connections, log, secretKey, wall = systemClock, storage = createStorage(config) }: Assembly,
  mode: Mode,
  url: string,
): Ctx {
  return {
    mode,
    db: connections.pool(mode).db,
    wall,
    urls: urlsOf(url),
    secrets: secretsOf(secretKey, mode, config.secret_keys_before),
    egress: egressOf(mode, url, config.egress_allow_cidrs),
    storage,
    files_per_business: config.files_per_business,
    log: log.child({ mode }),
    processors: [],
    mails: mailDrawer(mode === 'live' ? (config.mail_from ?? null) : null),
    actor: { type: 'system', id: 'worker' },
  }
}

function assertLiveIsReady(assembly: Assembly): void {
  const { config } = assembly
  const missing = [
    config.secret_key === undefined ? 'SECRET_KEY' : undefined,
    config.smtp_url === undefined ? 'SMTP_URL' : undefined,
    config.mail_from === undefined ? 'MAIL_FROM' : undefined,
  ].filter((name) => name !== undefined)
  if (missing.length > 0) {
    throw new StartupError(
      `PORTICO_LIVE_URL turns live mode on, which also needs ${missing.join(', ')}; set them or unset it.`,
    )
  }
  if (liveOnly(assembly).length === 0) {
    throw new StartupError(
      'Live mode needs a payment processor that moves real money; unset PORTICO_LIVE_URL until one is set up.',
    )
  }
  if (hostOf(config.live_url) === hostOf(config.test_url)) {
    throw new StartupError(
      'The hosts of PORTICO_LIVE_URL and PORTICO_TEST_URL must differ: the host of a request decides its mode.',
    )
  }
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).host
}
