/**
 * By what a tally groups. A development is in each group of which it has the value, once: itself in that of its kind, in
 * one for each of its mediators, and so on; where it has none, in the group without one.
 */
export const tallyDimensions = ['KIND', 'STATUS', 'MEDIATOR', 'ACTOR', 'OUTLET'] as const
export type TallyDimension = (typeof tallyDimensions)[number]
