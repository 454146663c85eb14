// A wallet that several invoices will ask: each finds there what those before it have left.

/** An invoice that will come by itself. */
export interface WalletTurn {
  subscription_id: string
  /** Milliseconds since 1970. */
  at: number
  /** What it takes where so much is there, in minor units, and the one of the same subscription that follows it. */
  take(wallet: number): { wallet: number; following: WalletTurn | undefined }
}

/** Plans of a day beside those of many years: what so many leave is what there is. */
const MOST_TURNS = 500

/**
 * What is in the wallet when the first turn of each that is asked about comes; of one instant, by subscription_id.
 * Example: 15.00, of which 10.00 are taken on 1 March and 10.00 on 9 March → 15.00 for the first, 5.00 for the second; a third on
 * 12 March finds 0.00.
 */
export function walletInTurn(
  balance: number,
  turns: readonly WalletTurn[],
  asked: ReadonlySet<string>,
): Map<string, number> {
  const found = new Map<string, number>()
  const ahead = [...turns]
  const open = new Set(turns.map(({ subscription_id }) => subscription_id).filter((id) => asked.has(id)))
  let left = balance
  for (let count = 0; count < MOST_TURNS && left > 0 && open.size > 0; count += 1) {
    const turn = ahead.splice(firstOf(ahead), 1)[0]
    if (turn === undefined) break
    if (open.delete(turn.subscription_id)) found.set(turn.subscription_id, left)
    const { wallet, following } = turn.take(left)
    left -= wallet
    if (following !== undefined) ahead.push(following)
  }
  for (const subscription_id of open) found.set(subscription_id, left)
  return found
}

function firstOf(turns: readonly WalletTurn[]): number {
  return turns.reduce((first, turn, index) => (isBefore(turn, turns[first]) ? index : first), 0)
}

function isBefore(turn: WalletTurn, other: WalletTurn | undefined): boolean {
  if (other === undefined || turn.at !== other.at) return other === undefined || turn.at < other.at
  return turn.subscription_id < other.subscription_id
}
