/** What an actor does in a development. A mediator is an actor in a role, not a kind of actor. */
export const roles = [
  'PARTY',
  'SPEAKER',
  'ADDRESSEE',
  'PROPOSER',
  'MEDIATOR',
  'HOST',
  'FACILITATOR',
  'DELEGATE',
  'RELEASER',
  'RECEIVER',
  'PROMISOR',
  'BENEFICIARY',
  'SIGNATORY',
  'INITIATOR',
  'TARGET',
  'SUBJECT',
  'OBSERVER',
] as const
export type Role = (typeof roles)[number]
