export const actorKinds = ['STATE', 'PERSON', 'ORGANISATION', 'BODY', 'ARMED_GROUP', 'POPULATION', 'COALITION'] as const
export type ActorKind = (typeof actorKinds)[number]

export const nameKinds = ['OFFICIAL', 'VARIANT', 'METONYM'] as const
export type NameKind = (typeof nameKinds)[number]

/** The form under which a name is looked up: without case, accents or doubled spaces ("Türkiye" is "turkiye"). */
export function nameKey(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()
}
