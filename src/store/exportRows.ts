import type { Prisma, PrismaClient } from './prisma/client.ts'

const named = { select: { name: true } } as const
const inOrder = { orderBy: { ordinal: 'asc' } } as const

const include = {
  place: true,
  participations: { ...inOrder, include: { actor: named } },
  claims: { ...inOrder, where: { aspect: 'FIGURE', standing: true } },
  disagreements: inOrder,
  links: inOrder,
  invitations: inOrder,
  legs: inOrder,
  ...{ statement: true, talk: true, exchange: true, pledge: true, agreement: true, incident: true },
} as const satisfies Prisma.RevisionInclude

/** A revision with everything that a flat row tells of it. */
export type ExportedRow = Prisma.RevisionGetPayload<{ include: typeof include }>

/** The revisions at the positions, in the order of the feed. */
export function readExportRows(prisma: PrismaClient, positions: readonly number[]): Promise<ExportedRow[]> {
  return prisma.revision.findMany({
    where: { position: { in: [...positions] } },
    orderBy: { position: 'asc' },
    include,
  })
}
