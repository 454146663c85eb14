/** The process cannot start. The message is one sentence that says what to do; no stack is worth showing. */
export class StartupError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StartupError'
  }
}
