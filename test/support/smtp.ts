// A mail server on loopback that keeps what it is handed: the envelope, and the message as a mail reader understands it.
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface Received {
  from: string
  to: string[]
  raw: string
  mail: Email
}

export async function startSmtp() {
  const received: Received[] = []
  const asked: string[] = []
  let refusal: Error | undefined
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _, done) {
      asked.push(address)
      done()
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (refusal !== undefined) return done(refusal)
        const raw = Buffer.concat(chunks)
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map(({ address }) => address)
        received.push({ from, to, raw: raw.toString('latin1'), mail: await PostalMime.parse(raw) })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on a port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    /** Every recipient it was told of, whether a message followed or not. */
    asked,
    /** From now on every message is refused with this code; undefined takes them again. */
    refuse: (responseCode: number | undefined) => {
      refusal = responseCode === undefined ? undefined : Object.assign(new Error('refused'), { responseCode })
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
