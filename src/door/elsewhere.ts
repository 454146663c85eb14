/** Thrown, from however deep, where what was asked for is not here but at another address: the boundary leads there, with 303. */
export class Elsewhere extends Error {
  /** One of ours. */
  readonly href: string

  constructor(href: string) {
    super('It is at another address')
    this.href = href
  }
}
