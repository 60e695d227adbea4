/** Whoever asks. What it may see can change while it is connected: a role is revoked, a token expires. */
export interface Viewer {
  /** What decides what it is shown: two viewers of one scope are shown the same. Null: it may see nothing any more. */
  readonly scope: string | null
}

/** Whoever does not say who it is. */
export const anonymous: Viewer = { scope: 'reader' }
