import type { LinkType } from '../domain/link.ts'
import { builder } from './builder.ts'
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

builder.prismaObject('Link', {
  description: 'How a development bears on another.',
  fields: (t) => ({
    type: t.expose('type', { type: LinkTypeRef, description: 'How it bears on the other.' }),
    development: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'The other development, from the same viewpoint; null: it was not known there.',
      select: { targetId: true },
      resolve: async ({ targetId }, _args, context, info) =>
        loadDevelopment(context, info, await locate(context, info, targetId)),
    }),
  }),
})
