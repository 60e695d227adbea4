/** What whoever asks may do. Not the part of an actor in a development: that is its `role`. */
export const viewerRoles = ['READER', 'INGEST', 'DESK', 'ADMIN'] as const

export type ViewerRole = (typeof viewerRoles)[number]

/** What a role is needed for; reading the record takes none beyond being let in. */
export type Permission = 'ingest' | 'edit' | 'administer'

/** The roles that suffice, from least to most. */
export const holders: Readonly<Record<Permission, readonly ViewerRole[]>> = {
  ingest: ['INGEST', 'DESK', 'ADMIN'],
  edit: ['DESK', 'ADMIN'],
  administer: ['ADMIN'],
}

/** Whoever asks. What it may see can change while it is connected: a key is revoked, a token expires. */
export interface Viewer {
  /** What decides what it is shown: two viewers of one scope are shown the same. Null: it may see nothing any more. */
  readonly scope: ViewerRole | null
  /** Who it is, for the audit trail and for limits; never shown to others. */
  readonly name: string
}

/** Whoever does not say who it is. */
export const anonymous: Viewer = { scope: 'READER', name: 'anonymous' }

/** Whether a role suffices; null is nobody who is let in. */
export function permits(role: ViewerRole | null, permission: Permission): boolean {
  return role !== null && holders[permission].includes(role)
}
