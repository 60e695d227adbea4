import { z } from 'zod'
import { actorKinds, nameKinds } from '../domain/actor.ts'
import { day, isText, list, name, slug, text } from './contractText.ts'
import { placeRef, when } from './contractValue.ts'

const id = slug.describe('Short name, unique in the record.')
const wikidata = z
  .string()
  .regex(/^Q[1-9]\d*$/, 'must be a Wikidata item like Q227')
  .optional()
  .describe('Wikidata item.')
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code like AM')
  .optional()
  .describe('ISO 3166-1 alpha-2 code.')
const degrees = (most: number) =>
  z.number().min(-most, `must be from -${most} to ${most}`).max(most, `must be from -${most} to ${most}`)

const office = z
  .strictObject({
    title: text(160).describe('Its title.'),
    organisation: name.optional().describe('Of whom, by id or name.'),
    from: day.optional().describe('Since when.'),
    to: day.optional().describe('Until when.'),
  })
  .meta({ id: 'Office', description: 'An office that a person holds or held.' })

const actorName = z
  .strictObject({
    name: text(160).describe('The name.'),
    kind: z.enum(nameKinds).default('VARIANT').describe('What kind of name it is.'),
  })
  .meta({ id: 'ActorName', description: 'A name under which the actor is known.' })

const actor = z
  .strictObject({
    id,
    kind: z.enum(actorKinds).describe('What kind of actor it is.'),
    name: text(160).describe('The name by which we call it.'),
    description: text(400).optional().describe('Who it is, in our own words.'),
    names: list(actorName).describe('Its other names.'),
    partOf: name.optional().describe('The actor that it is a part of, by id or name.'),
    country,
    wikidata,
    offices: list(office).describe('The offices of a person.'),
  })
  .meta({ id: 'Actor', description: 'An actor that the record may not know yet; a known one gains names and offices.' })

const place = z
  .strictObject({
    id,
    name: text(160).describe('Its name.'),
    country,
    latitude: degrees(90).optional().describe('Degrees north, WGS 84.'),
    longitude: degrees(180).optional().describe('Degrees east, WGS 84.'),
    precision: z
      .int()
      .min(1, 'must be from 1 to 7')
      .max(7, 'must be from 1 to 7')
      .optional()
      .describe('UCDP GED where_prec, 1 to 7.'),
    within: placeRef.optional().describe('The place that encloses it, by its id.'),
    wikidata,
  })
  .meta({ id: 'Place', description: 'A place that the record may not know yet.' })

const outlet = z
  .strictObject({ id, name: text(120).describe('Its name.'), wikidata })
  .meta({ id: 'Outlet', description: 'An outlet that the record may not know yet.' })

export const identities = {
  actors: list(actor).describe('Actors that the record may not know yet.'),
  places: list(place).describe('Places that the record may not know yet.'),
  outlets: list(outlet).describe('Outlets that the record may not know yet.'),
}

export const report = z
  .strictObject({
    id: slug.describe('Names the report.'),
    outlet: slug.optional().describe('Who published it, by its id. Left out: unknown, which is no fault.'),
    title: text(300).optional().describe('Its title.'),
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .max(2000, 'must be at most 2000 characters long')
      .refine(isText, 'must be text, without control characters')
      .optional()
      .describe('Where it stands on the web.'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag like en')
      .default('en')
      .describe('Its language, BCP 47.'),
    credits: list(text(120)).describe('Agencies and sites that it credits as a whole.'),
    published: when.describe('When it was published; its end is when its content counts as publicly known.'),
  })
  .meta({ id: 'Report', description: 'The published document that a dispatch rests on.' })

/** A process with its parties and mediators, and the identities that its dispatches need. */
export const processDocument = z
  .strictObject({
    $schema: z.string().optional().describe('Address of this JSON Schema, for editors.'),
    process: z
      .strictObject({
        id,
        name: text(160).describe('Its name.'),
        summary: text(1200).describe('What it is about, in our own words.'),
        parties: z.array(name).describe('Its parties, by id or name.'),
        mediators: z.array(name).describe('Who mediates it, by id or name.'),
      })
      .meta({ id: 'Process', description: 'A peace process.' }),
    ...identities,
  })
  .meta({
    id: 'ProcessDocument',
    description: 'A process with its parties and mediators, and the identities that its dispatches need.',
  })

export type ProcessDocument = z.output<typeof processDocument>
export type Identities = Pick<ProcessDocument, 'actors' | 'places' | 'outlets'>
