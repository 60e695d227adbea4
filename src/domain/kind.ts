/** The six kinds of development. A development's kind is part of its identity and never changes. */
export const kinds = ['STATEMENT', 'TALK', 'EXCHANGE', 'PLEDGE', 'AGREEMENT', 'INCIDENT'] as const
export type Kind = (typeof kinds)[number]
