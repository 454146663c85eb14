// Runs in the worker thread: sheets in, PDF bytes out. Node strips the types itself, so the thread needs no loader.

import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFolders } from './fonts.ts'

export interface TypstJob {
  id: number
  sheet: string
}

export type TypstAnswer = { id: number; pdf: Uint8Array<ArrayBuffer> } | { id: number; failure: string }

const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontPaths: [...fontFolders] }] })
const mainFilePath = join(import.meta.dirname, 'invoice.typ')

parentPort?.on('message', ({ id, sheet }: TypstJob) => {
  const message = answer(id, sheet)
  parentPort?.postMessage(message, 'pdf' in message ? [message.pdf.buffer] : [])
})

function answer(id: number, sheet: string): TypstAnswer {
  try {
    const compiled = compiler.compile({ mainFilePath, inputs: { sheet } })
    if (!compiled.result) return { id, failure: JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics) }
    return { id, pdf: new Uint8Array(exportPdf(compiled.result)) }
  } catch (error) {
    return { id, failure: String(error) }
  } finally {
    compiler.evictCache(10)
  }
}

/** PDF/A-3a for the archive; it forbids characters without a glyph, then a plain PDF with boxes in their place. */
function exportPdf(document: NodeTypstDocument): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: 'a-3a' })
  } catch {
    return compiler.pdf(document)
  }
}
