import { text } from '#api/input/text.ts'

/** What whoever holds a license key sends instead of an API key. */
export const heldKey = {
  license_key: text({ max: 255 }).openapi({ example: '7H2KM-9QXPA-4D0ZC-T6WVE-3RN8B' }),
}
