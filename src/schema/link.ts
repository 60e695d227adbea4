import type { LinkType } from '../domain/link.ts'
import type { ChildRows } from '../store/childRows.ts'
import { builder } from './builder.ts'
import { childrenOf } from './child.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { loadDevelopment } from './loadDevelopment.ts'
import { locate } from './locate.ts'

export const LinkTypeRef = codes<LinkType>('LinkType', 'How a development bears on another.', {
  ANNOUNCES: 'It makes the other known.',
  RESPONDS_TO: 'It answers or comments on the other.',
  FOLLOWS: 'It comes after the other and because of it.',
  PART_OF: 'It is part of the other.',
  CONCERNS: 'It is about the other.',
  CARRIES_OUT: 'It carries the other out.',
  CANCELS: 'It calls the other off.',
  VIOLATES: 'It breaks the other.',
})

const LinkRef = builder.objectRef<ChildRows['Link']>('Link').implement({
  description: 'How a development bears on another.',
  fields: (t) => ({
    type: t.expose('type', { type: LinkTypeRef, description: 'How it bears on the other.' }),
    development: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'The other development, from the same viewpoint; null: it was not known there.',
      resolve: async ({ targetId }, _args, context, info) =>
        loadDevelopment(context, await locate(context, info, targetId)),
    }),
  }),
})

builder.interfaceField(DevelopmentRef, 'links', (t) =>
  t.field({
    type: [LinkRef],
    description: 'Other developments that it bears on.',
    resolve: ({ position }, _args, context) => childrenOf(context, 'Link', position),
  }),
)
