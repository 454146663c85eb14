import { command } from '#cli/command.ts'
import { ensureDemo } from '#cli/demo/ensure-demo.ts'
import { findPlaces } from '#cli/demo/places.ts'
import { printPlaces } from '#cli/demo/print-places.ts'

export const demo = command({
  name: 'demo',
  says: 'Makes the demo in test mode if there is none, two invented businesses, and prints new links to its places.',
  options: {},
  async run(portico) {
    const { test } = portico.modes()
    const places = await findPlaces(test, await ensureDemo(test, 'where there is none'))
    return { data: { ...places }, text: printPlaces(places) }
  },
})
