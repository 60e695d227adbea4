export const linkTypes = [
  'ANNOUNCES',
  'RESPONDS_TO',
  'FOLLOWS',
  'PART_OF',
  'CONCERNS',
  'CARRIES_OUT',
  'CANCELS',
  'VIOLATES',
] as const
export type LinkType = (typeof linkTypes)[number]

/** From the development that holds it to another one. */
export interface Link {
  readonly type: LinkType
  readonly to: string
}
