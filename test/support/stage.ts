import type { Standings } from '../../src/feed/standing.ts'

/** How far a client comes before it is gone. */
export interface Stage {
  readonly name: string
  /** Comes so far, and gives how it goes. */
  come(port: number, origin: string): Promise<() => void>
  /** How the feed stands when as many clients have come so far; unless given, they go as soon as they have. */
  stands?(standings: Standings, clients: number): boolean
}

export const areLive = ({ live }: Standings, clients: number) => live === clients
export const areParked = ({ behind }: Standings, clients: number) =>
  behind.filter(({ isFull }) => isFull).length === clients
export const areGone = ({ groups, live, behind }: Standings) => groups + live + behind.length === 0
