import type { AppContext } from '#src/app-env.ts'

export function sendPdf(c: AppContext, number: string, pdf: Uint8Array) {
  return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${number}.pdf"`,
    'x-content-type-options': 'nosniff',
  })
}
