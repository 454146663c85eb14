// How an operator gives a business its look: the words of a command line, read and done in this process.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readCommandLine } from '#cli/command-line.ts'
import { commands } from '#cli/commands.ts'
import { makeDataDirectory, removeDataDirectory } from '#test/support/data-directory.ts'
import { drawPng } from '#test/support/pictures.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const folder = makeDataDirectory()
afterAll(() => removeDataDirectory(folder))

async function portico({ modes, business_id }: World, ...words: string[]) {
  const asked = readCommandLine(commands, [...words, '--business', business_id])
  if (asked.type === 'help') throw new Error(asked.text)
  return asked.command.run({ applied: [], modes: () => ({ test: modes.test, live: undefined }) }, asked.values)
}

test('theme set changes what is named, clears with "", starts anew with --reset, and refuses in one sentence', async () => {
  const world = await newWorld()
  const stored = async () => (await world.fresh()).business.theme
  const shape = ['--preset', 'iris', '--radius', '.50rem']
  const buttons = ['--light-button-primary', 'Navy', '--light-button-primary-hover', '#001']
  const set = await portico(world, 'theme', 'set', ...shape, ...buttons)
  expect(set.data).toMatchObject({ preset: 'iris', radius: '0.5rem', light: { button_primary: '#000080' } })
  expect(set.text).toContain('  button_primary          #000080  #bda9fb')
  expect(await portico(world, 'theme', 'show')).toEqual(set)
  await portico(world, 'theme', 'set', '--radius', '', '--light-button-primary', '')
  expect(await stored()).toMatchObject({ preset: 'iris', radius: null, light: { button_primary_hover: '#000011' } })
  await expect(portico(world, 'theme', 'set', '--dark-text-primary', '#333')).rejects.toThrow(
    /^dark\.text_primary on .* has a contrast of .* and needs at least 4\.5:1/,
  )
  await expect(portico(world, 'theme', 'set', '--light-bg-primary', 'red;}')).rejects.toThrow(
    '--light-bg-primary must be a colour of CSS, such as #17493a.',
  )
  await expect(portico(world, 'theme', 'set')).rejects.toThrow('Name what to change')
  await expect(portico(world, 'theme', 'set', '--reset', '--live')).rejects.toThrow('Live mode is off here')
  await portico(world, 'theme', 'set', '--reset')
  expect(await stored()).toMatchObject({ preset: 'grove', light: {} })
})

test('business set takes a logo from a file and takes it away again', async () => {
  const world = await newWorld()
  const path = join(folder, 'logo.png')
  writeFileSync(path, drawPng(120, 40))
  const set = await portico(world, 'business', 'set', '--logo', path, '--name', 'Linden')
  expect(set.data).toMatchObject({ name: 'Linden', logo: expect.stringMatching(/-120x40\.png$/), logo_dark: null })
  writeFileSync(path, '<svg/>')
  await expect(portico(world, 'business', 'set', '--logo', path)).rejects.toThrow(
    'logo must be a PNG, JPEG, WebP, AVIF or GIF',
  )
  await expect(portico(world, 'business', 'set', '--logo', join(folder, 'none'))).rejects.toThrow('must be a file')
  expect((await portico(world, 'business', 'set', '--logo', '-')).data).toMatchObject({ logo: null })
})

test('theme list names the presets and the words of a theme', async () => {
  const asked = readCommandLine(commands, ['theme', 'list'])
  if (asked.type === 'help') throw new Error(asked.text)
  const { text } = await asked.command.run({ applied: [], modes: () => Promise.reject() as never }, asked.values)
  expect(text).toMatch(/ember\s+buttons #97401f, corners 6px, text humanist, headings serif/)
  expect(text).toContain('extraBold')
})
