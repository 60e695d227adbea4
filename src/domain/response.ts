export const responses = ['NO_ANSWER', 'ACCEPTED', 'CONDITIONAL', 'DECLINED', 'WITHDREW'] as const
export type Response = (typeof responses)[number]

/** From each response, those that an invited party may still turn to. */
export const responseSteps: Record<Response, readonly Response[]> = {
  NO_ANSWER: ['ACCEPTED', 'CONDITIONAL', 'DECLINED', 'WITHDREW'],
  CONDITIONAL: ['ACCEPTED', 'DECLINED', 'WITHDREW'],
  ACCEPTED: ['WITHDREW'],
  DECLINED: [],
  WITHDREW: [],
}
