// The year of the demo, scene by scene. Dates are told from the present, so that today always finds everybody in their state.
import { buy, type Wanted } from '#cli/demo/buy.ts'
import type { Catalog } from '#cli/demo/catalog.ts'
import type { PersonName } from '#cli/demo/people.ts'
import type { Stage } from '#cli/demo/stage.ts'
import { activate, give, render } from '#cli/demo/using.ts'
import { type Cancellation, cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { withActor } from '#src/context.ts'

export interface Scene {
  at: Temporal.Instant
  play(stage: Stage): Promise<void>
}

/** In order; none is later than `now`. */
export function storyOf(now: Temporal.ZonedDateTime): Scene[] {
  const on = (day: Temporal.ZonedDateTime, time: string) => day.withPlainTime(time)
  const scenes = [
    // Twelve payments; the next is 18 days away.
    buys('ingrid', on(now.add({ days: 18 }).subtract({ months: 12 }), '09:42'), ({ studio, seat, preview }) => ({
      product_id: studio,
      addons: [
        { addon_id: seat, quantity: 2 },
        { addon_id: preview, quantity: 1 },
      ],
    })),
    buys('tomasz', on(now.subtract({ months: 9 }), '20:15'), ({ studio }) => ({ product_id: studio })),
    // Ends by itself ten days later.
    leaves('tomasz', on(now.subtract({ months: 5, days: 10 }), '22:03'), {
      cancellation_feedback: 'switched_service',
      cancellation_comment: 'Our printer asked us to move to the tool they use. I will miss the brushes.',
    }),
    // Eight payments; the ninth is 11 days away and will not be taken.
    buys('layla', on(now.add({ days: 11 }).subtract({ months: 8 }), '11:30'), ({ studio, archive }) => ({
      product_id: studio,
      addons: [{ addon_id: archive, quantity: 1 }],
    })),
    leaves('layla', on(now.subtract({ days: 2 }), '16:05'), {
      cancellation_feedback: 'unused',
      cancellation_comment: 'انتهى المشروع الكبير، وسنعود إليكم في الربيع إن شاء الله.',
    }),
    buys('ingrid', on(now.subtract({ months: 6 }), '14:20'), ({ typefaces }) => ({ product_id: typefaces })),
    happens(on(now.subtract({ months: 6 }), '14:45'), (stage) =>
      activate(stage, 'ingrid', ['Studio iMac', 'Travel notebook']),
    ),
    // One period is billed, and three weeks of the second are used.
    buys('ingrid', on(now.subtract({ days: 21 }).subtract({ months: 1 }), '10:12'), ({ cloud }) => ({
      product_id: cloud,
    })),
    happens(on(now.subtract({ days: 30 }), '18:00'), (stage) => render(stage, 'ingrid', 2480)),
    ...FRAMES_BY_DAY.map((frames, days) =>
      happens(on(now.subtract({ days: 2 * days + 1 }), '18:00'), (stage) => render(stage, 'ingrid', frames)),
    ),
    happens(on(now.subtract({ days: 3 }), '11:00'), (stage) => give(stage, 'ingrid')),
    buys('misaki', on(now.subtract({ months: 5 }), '08:55'), ({ typefaces }) => ({
      product_id: typefaces,
      quantity: 3,
    })),
    // The card is declined at the first renewal, four days ago.
    buys('mateus', on(now.subtract({ days: 4 }).subtract({ months: 1 }), '17:48'), ({ solo, preview }) => ({
      product_id: solo,
      addons: [{ addon_id: preview, quantity: 1 }],
    })),
    // Five days of the trial are left.
    buys('amara', on(now.subtract({ days: 9 }), '13:10'), ({ motion }) => ({ product_id: motion })),
  ]
  return scenes.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

/** Every other day, back from yesterday. */
const FRAMES_BY_DAY = [180, 240, 95, 320, 60, 410, 150, 75]

function happens(at: Temporal.ZonedDateTime, play: Scene['play']): Scene {
  return { at: at.toInstant(), play }
}

function buys(person: PersonName, at: Temporal.ZonedDateTime, what: (catalog: Catalog) => Wanted): Scene {
  return { at: at.toInstant(), play: (stage) => buy(stage, person, what(stage.catalog)) }
}

/** Cancels in the portal, at the next billing date. */
function leaves(person: PersonName, at: Temporal.ZonedDateTime, reasons: Omit<Cancellation, 'timing'>): Scene {
  const play = async ({ ctx, customers, subscriptions }: Stage) => {
    const id = customers.get(person)
    const subscription_id = subscriptions.get(person)
    if (id === undefined || subscription_id === undefined) throw new Error(`${person} has nothing to cancel`)
    const visitor = withActor(ctx, { type: 'customer', id })
    await cancelSubscription(visitor, subscription_id, { timing: 'at_next_billing_date', ...reasons })
  }
  return { at: at.toInstant(), play }
}
