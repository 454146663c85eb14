import { amounts, type Block } from '#email/letter.ts'
import type { InvoiceSheet } from '#pdf/invoice-sheet.ts'

/** The lines and sums of a document, in the very words of its PDF. */
export function bill({ lines, sums, total, below_total }: InvoiceSheet): Block {
  const plain = lines.length === 1 && sums.length === 1
  return amounts([
    ...lines.map(({ description, quantity, period, amount }) => ({
      label: quantity === '1' ? description : `${description} × ${quantity}`,
      value: amount,
      ...(period === '' ? {} : { detail: period }),
    })),
    ...(plain ? [] : sums),
    { ...total, total: true },
    ...below_total,
  ])
}
