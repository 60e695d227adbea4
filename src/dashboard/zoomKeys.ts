/** What can be looked at more closely, and moved by a share of what is shown. */
export interface Zoomable {
  by(factor: number): void
  right(share: number): void
  /** Absent: it cannot be moved up and down. */
  down?(share: number): void
  whole(): void
}

/** How much closer one step looks. */
export const STEP = 1.5
const SHARE = 0.2

/** What the keys do where time or the map has the focus, as the help lists it. */
export const zoomHelp = [
  { key: '+', does: 'Looks closer' },
  { key: '-', does: 'Looks from further away' },
  { key: '← → ↑ ↓', does: 'Moves what is shown' },
  { key: '0', does: 'Shows all of it' },
] as const

/** What the keys do with it: `+` and `-`, the arrows, and `0` for the whole. */
export function zoomKeys(zoomable: Zoomable): (event: KeyboardEvent) => void {
  const { down } = zoomable
  const acts: Record<string, () => void> = {
    '+': () => zoomable.by(STEP),
    '=': () => zoomable.by(STEP),
    '-': () => zoomable.by(1 / STEP),
    '0': () => zoomable.whole(),
    ArrowRight: () => zoomable.right(SHARE),
    ArrowLeft: () => zoomable.right(-SHARE),
    ...(down && { ArrowDown: () => down(SHARE), ArrowUp: () => down(-SHARE) }),
  }
  return (event) => {
    const act = acts[event.key]
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }
}
