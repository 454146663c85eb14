import { expect, test } from 'vitest'
import { type DunningSteps, hasSteps, nextStep } from './dunning.ts'

const begun = Temporal.Instant.from('2026-01-31T09:00:00Z')

/** "1 02-01": each step and its date, and the end of it. */
function play(steps: DunningSteps): string[] {
  const told: string[] = []
  let [taken, now] = [0, begun]
  for (;;) {
    const next = nextStep(steps, begun, taken, now)
    told.push(`${next.step ?? 'end'} ${next.at.toString().slice(5, 10)}`)
    if (next.step === undefined) return told
    taken = next.step
    now = next.at
  }
}

test('days 1, 3, 5 and 7, and given up a week later', () => {
  expect(play([1, 3, 5, 7])).toEqual(['1 02-01', '2 02-03', '3 02-05', '4 02-07', 'end 02-14'])
})

test('each step may be left out', () => {
  expect(play([1, null, 5, null])).toEqual(['1 02-01', '3 02-05', 'end 02-12'])
  expect(play([null, null, null, 2])).toEqual(['4 02-02', 'end 02-09'])
  expect([hasSteps([null, null, null, null]), hasSteps([null, 3, null, null])]).toEqual([false, true])
})

test('a step that was moved before one already taken comes at once, not in the past', () => {
  expect(nextStep([5, 3, null, null], begun, 1, begun.add({ hours: 120 }))).toEqual({
    step: 2,
    at: begun.add({ hours: 120 }),
  })
})
