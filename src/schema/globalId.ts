/** The types that have global ids. All kinds of development share one, so that an id survives a retraction. */
export const nodeTypes = ['Development', 'Revision', 'Process', 'Actor', 'Place', 'Outlet', 'Report'] as const
export type NodeType = (typeof nodeTypes)[number]

/** Relay's global id of a type's object. */
export function globalId(type: NodeType, id: string | number): string {
  return Buffer.from(`${type}:${id}`).toString('base64url')
}

/** Undefined for text that is no global id of ours. */
export function readGlobalId(text: string): { type: NodeType; id: string } | undefined {
  const [type, ...rest] = Buffer.from(text, 'base64url').toString('utf8').split(':')
  const known = nodeTypes.find((name) => name === type)
  const id = rest.join(':')
  // No id of ours holds a NUL, and PostgreSQL takes none.
  return known === undefined || rest.length === 0 || id.includes('\0') ? undefined : { type: known, id }
}
