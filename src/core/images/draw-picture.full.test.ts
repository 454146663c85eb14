import { expect, it } from 'vitest'
import { drawPng } from '#test/support/pictures.ts'
import { drawPicture } from './draw-picture.ts'

it('of more than can wait at once the last are told to come again', { timeout: 60_000 }, async () => {
  const sent = drawPng(64, 48)
  const all = await Promise.allSettled(Array.from({ length: 12 }, () => drawPicture(sent, 'page', 'image')))
  const refused = all.filter(({ status }) => status === 'rejected')
  expect(refused).toMatchObject(refused.map(() => ({ reason: { code: 'SERVICE_UNAVAILABLE' } })))
  // One is drawn and eight wait.
  expect(refused.length).toBe(3)
})
