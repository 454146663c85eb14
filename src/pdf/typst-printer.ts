// A queue in front of one worker thread: started with the first job, replaced when it fails or takes too long, never the
// reason why the process stays alive.

import { Worker } from 'node:worker_threads'
import type { TypstAnswer, TypstJob } from './typst-thread.ts'

export interface PrinterOptions {
  thread?: URL
  /** Milliseconds for one job. */
  timeLimit?: number
  maxWaiting?: number
}

interface Waiting extends TypstJob {
  resolve(pdf: Uint8Array): void
  reject(error: Error): void
}

export class TypstPrinter {
  readonly #options: Required<PrinterOptions>
  readonly #waiting: Waiting[] = []
  #current: (Waiting & { timer: NodeJS.Timeout }) | undefined
  #thread: Worker | undefined
  #jobs = 0

  constructor(options: PrinterOptions = {}) {
    const thread = new URL('./typst-thread.ts', import.meta.url)
    this.#options = { thread, timeLimit: 20_000, maxWaiting: 500, ...options }
  }

  /** Rejects where the thread fails, takes longer than its time limit, or too many jobs are waiting. */
  print(sheet: string): Promise<Uint8Array> {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    if (this.#waiting.length >= this.#options.maxWaiting) {
      reject(new Error('too many documents are waiting to be drawn'))
      return promise
    }
    this.#jobs += 1
    this.#waiting.push({ id: this.#jobs, sheet, resolve, reject })
    this.#startNext()
    return promise
  }

  /** Ends the thread; a later job starts a new one. */
  async close(): Promise<void> {
    const ended = this.#thread
    for (const job of this.#waiting.splice(0)) job.reject(new Error('the PDF thread was closed'))
    this.#drop('the PDF thread was closed')
    await ended?.terminate()
  }

  #startNext(): void {
    if (this.#current) return
    const job = this.#waiting.shift()
    if (!job) {
      this.#thread?.unref()
      return
    }
    this.#thread ??= this.#startThread()
    this.#thread.ref()
    const timer = setTimeout(() => this.#drop('drawing took too long'), this.#options.timeLimit)
    this.#current = { ...job, timer }
    this.#thread.postMessage({ id: job.id, sheet: job.sheet } satisfies TypstJob)
  }

  #startThread(): Worker {
    // Without the loader of the main thread: Node strips the types of this file itself.
    // A small young generation collects often: each drawn document holds memory that the collector does not see.
    const resourceLimits = { maxYoungGenerationSizeMb: 1 }
    const started = new Worker(this.#options.thread, { execArgv: [], name: 'pdf', resourceLimits })
    const fail = (reason: string) => {
      if (started === this.#thread) this.#drop(reason)
    }
    started.on('message', (answer: TypstAnswer) => this.#settle(answer))
    started.on('error', (error) => fail(`the PDF thread failed: ${error}`))
    started.on('exit', (code) => fail(`the PDF thread ended with code ${code}`))
    return started
  }

  #settle(answer: TypstAnswer): void {
    if (this.#current?.id !== answer.id) return
    const { timer, resolve, reject } = this.#current
    clearTimeout(timer)
    this.#current = undefined
    if ('pdf' in answer) resolve(answer.pdf)
    else reject(new Error(`the document could not be drawn: ${answer.failure}`))
    this.#startNext()
  }

  /** Gives up the thread with the job it holds; the jobs behind it get a new thread. */
  #drop(reason: string): void {
    const abandoned = this.#thread
    this.#thread = undefined
    abandoned?.unref()
    void abandoned?.terminate()
    if (this.#current) {
      clearTimeout(this.#current.timer)
      this.#current.reject(new Error(reason))
      this.#current = undefined
    }
    this.#startNext()
  }
}
