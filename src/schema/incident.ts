import type { IncidentStanding, IncidentType } from '../domain/incident.ts'
import type { RevisionRow } from '../store/revision.ts'
import { builder } from './builder.ts'
import { detailIn } from './child.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { developmentPage, orderArg } from './developmentList.ts'
import { DevelopmentFilter, readFilter, withCodes } from './filter.ts'
import { pageFields } from './page.ts'
import { viewpointArgs } from './viewpoint.ts'

export const IncidentTypeRef = codes<IncidentType>(
  'IncidentType',
  'What kind of incident it is. The first seven are PLOVER event types.',
  {
    ASSAULT: 'PLOVER ASSAULT: deliberate use of force.',
    COERCE: 'PLOVER COERCE: repression, restrictions, arrests.',
    MOBILIZE: 'PLOVER MOBILIZE: forces made ready or moved.',
    PROTEST: 'PLOVER PROTEST: civilian demonstrations.',
    SANCTION: 'PLOVER SANCTION: relations cut or reduced.',
    AID: 'PLOVER AID: help given.',
    RETREAT: 'PLOVER RETREAT: forces withdrawn, restrictions lifted, people released.',
    HOSTILITIES: 'A war or a phase of fighting, seen as a whole.',
    SURRENDER: 'A side lays down its arms.',
    DISPLACEMENT: 'People are driven from where they live.',
    DETENTION: 'People are taken into custody.',
    SECESSION: 'A territory declares or makes itself independent.',
    OTHER: 'None of these.',
  },
)

export const IncidentStandingRef = codes<IncidentStanding>('IncidentStanding', 'How it is told.', {
  REPORTED: 'As a fact.',
  CLAIMED: 'As the claim of one side.',
  DISPUTED: 'Differently by the sides.',
})

const detail = detailIn('IncidentDetail')

export const IncidentRef = builder.objectRef<RevisionRow>('Incident').implement({
  description: 'Something that bears on the process without being part of it.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    type: t.field({
      type: IncidentTypeRef,
      description: 'What kind of incident it is.',
      resolve: async (row, _args, context) => (await detail(row, context))?.type ?? 'OTHER',
    }),
    standing: t.field({
      type: IncidentStandingRef,
      description: 'How it is told.',
      resolve: async (row, _args, context) => (await detail(row, context))?.standing ?? 'REPORTED',
    }),
  }),
})

builder.queryField('incidents', (t) =>
  t.connection(
    {
      type: IncidentRef,
      description: 'Incidents, oldest first unless ordered otherwise. At most 100 a page.',
      args: {
        ...viewpointArgs,
        ...orderArg,
        filter: t.arg({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
        type: t.arg({ type: [IncidentTypeRef], description: 'Only incidents of these types.' }),
      },
      resolve: async (_root, { type, ...args }, context, info) => {
        const filter = withCodes(await readFilter(context, args.filter, 'INCIDENT'), { type })
        return developmentPage(context, info, args, filter)
      },
    },
    pageFields('Incident'),
    { name: 'IncidentEdge', description: 'An incident and its place in the list.' },
  ),
)
