import type { Role } from '../domain/role.ts'
import { codes } from './code.ts'

export const RoleRef = codes<Role>(
  'Role',
  'What an actor does in a development. A mediator is an actor in a role, not a kind of actor.',
  {
    PARTY: 'A party to the process or the matter.',
    SPEAKER: 'Who said it.',
    ADDRESSEE: 'To whom it was said.',
    PROPOSER: 'Who suggested it.',
    MEDIATOR: 'Who mediated.',
    HOST: 'Where or by whom it was hosted.',
    FACILITATOR: 'Who helped it happen without mediating: the ICRC at an exchange.',
    DELEGATE: 'Who was sent.',
    RELEASER: 'Who set prisoners free.',
    RECEIVER: 'Who received them.',
    PROMISOR: 'Who made the pledge.',
    BENEFICIARY: 'To whom it was made.',
    SIGNATORY: 'Who signed.',
    INITIATOR: 'Who acted.',
    TARGET: 'Against whom.',
    SUBJECT: 'Whom it befell.',
    OBSERVER: 'Who looked on.',
  },
)
