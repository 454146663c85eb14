import type { Block, Letter } from '#email/letter.ts'

/** The text part: the same blocks in the same order. */
export function plainText({ subject, blocks }: Letter, footer: string | null): string {
  const parts = [subject, ...blocks.map(partOf)]
  return [...parts, ...(footer === null ? [] : [`-- \n${footer}`])].join('\n\n')
}

function partOf(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'code':
      return block.text
    case 'button':
      return `${block.label}:\n${block.href}`
    case 'facts':
      return block.rows.map(({ label, value }) => `${label}: ${value}`).join('\n')
    case 'amounts':
      return block.rows
        .map(({ label, value, detail }) => `${label}: ${value}${detail === undefined ? '' : `\n  ${detail}`}`)
        .join('\n')
  }
}
