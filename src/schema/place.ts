import { builder } from './builder.ts'
import { globalId } from './globalId.ts'

export const PlaceRef = builder.prismaObject('Place', {
  description: 'Where something happened, as finely as it is known.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('Place', id) }),
    ref: t.exposeString('id', { description: 'Short name, unique in the record.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    country: t.exposeString('country', { nullable: true, description: 'ISO 3166-1 alpha-2 code.' }),
    latitude: t.exposeFloat('latitude', { nullable: true, description: 'Degrees north, WGS 84.' }),
    longitude: t.exposeFloat('longitude', { nullable: true, description: 'Degrees east, WGS 84.' }),
    precision: t.exposeInt('precision', {
      nullable: true,
      description:
        'UCDP GED where_prec: 1 exact, 2 near, 3 and 4 administrative units, 5 a line or region, 6 a country, 7 international waters or airspace.',
    }),
    within: t.relation('within', { nullable: true, description: 'The place that encloses it.' }),
    wikidata: t.exposeString('wikidata', { nullable: true, description: 'Wikidata item.' }),
  }),
})
