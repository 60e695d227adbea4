import { type PloverCode, type PloverMode, type PloverType, type QuadClass, quadClassOf } from '../domain/plover.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'

const PloverTypeRef = codes<PloverType>(
  'PloverEventType',
  'Event types of PLOVER, the Political Language Ontology for Verifiable Event Records (manual of 2021).',
  {
    AGREE: 'Agrees, offers or promises to cooperate.',
    CONSULT: 'Meets, visits, negotiates.',
    SUPPORT: 'Supports in words: endorses, recognises, signs.',
    CONCEDE: 'Concedes in words: declares a ceasefire, eases restrictions.',
    COOPERATE: 'Cooperates materially, to the benefit of both.',
    AID: 'Gives material aid.',
    RETREAT: 'Yields materially: releases, withdraws, disarms, observes a ceasefire.',
    REQUEST: 'Demands or requests.',
    ACCUSE: 'Accuses, disapproves, investigates.',
    REJECT: 'Rejects or refuses.',
    THREATEN: 'Threatens.',
    PROTEST: 'Demonstrates.',
    SANCTION: 'Cuts or reduces relations.',
    MOBILIZE: 'Makes forces ready or moves them.',
    COERCE: 'Represses, restricts, arrests.',
    ASSAULT: 'Uses force.',
  },
)

const PloverModeRef = codes<PloverMode>(
  'PloverMode',
  'Modes of PLOVER event types (manual of 2021), as far as the record tells them.',
  {
    THIRD_PARTY: 'CONSULT third-party: hosted by somebody who is no party.',
    MEET: 'REQUEST or REJECT meet: a meeting, negotiation or mediation.',
    YIELD: 'REJECT yield: a release, a ceasefire, an easing.',
    RELEASE: 'RETREAT release: captives are released.',
    DISARM: 'RETREAT disarm: somebody lays down arms or surrenders.',
    CEASEFIRE: 'RETREAT ceasefire: a ceasefire is observed.',
    DISAPPROVE: 'ACCUSE disapprove: somebody is blamed or criticised.',
    ARREST: 'COERCE arrest: somebody is detained or charged.',
  },
)

const QuadClassRef = codes<QuadClass>(
  'QuadClass',
  'The four classes of PLOVER event types: words or deeds, cooperation or conflict.',
  {
    VERBAL_COOPERATION: 'Words that cooperate.',
    MATERIAL_COOPERATION: 'Deeds that cooperate.',
    VERBAL_CONFLICT: 'Words of conflict.',
    MATERIAL_CONFLICT: 'Deeds of conflict.',
  },
)

/** How PLOVER codes a development. */
export const PloverCodeRef = builder.objectRef<PloverCode>('PloverCode').implement({
  description:
    'How PLOVER codes the development, by a rule from its kind, status and codes, so that it can be laid beside event data sets.',
  fields: (t) => ({
    eventType: t.field({ type: PloverTypeRef, description: 'Its event type.', resolve: ({ type }) => type }),
    mode: t.expose('mode', {
      type: PloverModeRef,
      nullable: true,
      description: 'Its mode; null: PLOVER has none for the type, or the record does not tell which.',
    }),
    quadClass: t.field({
      type: QuadClassRef,
      description: 'The class of its event type.',
      resolve: ({ type }) => quadClassOf[type],
    }),
  }),
})
