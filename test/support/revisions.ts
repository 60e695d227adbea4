import type { Database } from '../../src/store/database.ts'

const inOrder = { orderBy: { ordinal: 'asc' } } as const
const order = [{ position: 'asc' }, { ordinal: 'asc' }] as const

/** The revisions of one development, or of all, in the order of the feed, each with what lies below it. */
export async function revisionsOf({ prisma }: Pick<Database, 'prisma'>, developmentId?: string) {
  const rows = await prisma.revision.findMany({
    where: { developmentId },
    orderBy: { position: 'asc' },
    include: {
      ...{ citations: inOrder, disagreements: inOrder, links: inOrder, deskAction: true },
      ...{ statement: true, talk: true, exchange: true, pledge: true, agreement: true, incident: true },
    },
  })
  const wanted = { where: { position: { in: rows.map(({ position }) => position) } }, orderBy: [...order] }
  const [claims, participations, milestones, invitations, legs] = await Promise.all([
    prisma.claim.findMany(wanted),
    prisma.participation.findMany(wanted),
    prisma.milestone.findMany(wanted),
    prisma.invitation.findMany(wanted),
    prisma.leg.findMany({ ...wanted, include: { groups: inOrder } }),
  ])
  return rows.map((row) => {
    const below = <Child extends { readonly position: number }>(children: readonly Child[]) =>
      children.filter(({ position }) => position === row.position)
    return {
      ...row,
      ...{ claims: below(claims), participations: below(participations), milestones: below(milestones) },
      ...{ invitations: below(invitations), legs: below(legs) },
    }
  })
}
