/** The command was not written as it has to be; the message is one sentence, or what is wrong with a value. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
