import { z } from 'zod'
import { agreementStages } from '../domain/agreement.ts'
import { parts, stances } from '../domain/citation.ts'
import { exchangeForms } from '../domain/exchange.ts'
import { incidentStandings, incidentTypes } from '../domain/incident.ts'
import { linkTypes } from '../domain/link.ts'
import { strengths } from '../domain/pledge.ts'
import { responses } from '../domain/response.ts'
import { roles } from '../domain/role.ts'
import { issues, speechActs } from '../domain/statement.ts'
import { statuses } from '../domain/status.ts'
import { talkExtents, talkFormats, talkLevels, talkTracks } from '../domain/talk.ts'
import { list, name, slug, text } from './contractText.ts'
import {
  appearanceShape,
  citationKey,
  citedWhen,
  claim,
  namedFigure,
  placeRef,
  releasedFigure,
  when,
} from './contractValue.ts'

export const citation = z
  .strictObject({
    key: slug.optional().describe('Unique within the development; c1, c2 … where left out.'),
    part: z.enum(parts).default('BODY').describe('Which part of the report.'),
    quotation: text(500).optional().describe('A short quotation of a speaker.'),
    locator: text(200).optional().describe('Where in the report: "paragraph 4".'),
    stance: z.enum(stances).default('ASSERTS').describe('Whether the passage says so or denies it.'),
    attributedTo: name.optional().describe('Whom the report credits, by id or name.'),
    via: slug.optional().describe('An outlet through which the report has it, by its id.'),
    origin: slug.optional().describe('Key of the agency text that the passage repeats: such passages are one source.'),
  })
  .meta({ id: 'Citation', description: 'A passage of the report.' })

const participant = z
  .strictObject({
    actor: name.describe('Who takes part, by id or name.'),
    role: z.enum(roles).describe('What it does.'),
    ...appearanceShape,
    citation: citationKey,
  })
  .meta({ id: 'Participant', description: 'An actor in a role.' })

const milestone = z
  .strictObject({
    status: z.enum(statuses).describe('Which step.'),
    when: when.optional().describe('When it was taken.'),
    citation: citationKey,
  })
  .meta({ id: 'Milestone', description: 'A step of the lifecycle that the report tells.' })

const link = z
  .strictObject({
    type: z.enum(linkTypes).describe('How it bears on the other.'),
    to: slug.describe('The ref of the other development, in this dispatch or in the record.'),
  })
  .meta({ id: 'Link', description: 'How the development bears on another.' })

const common = {
  ref: slug.describe('Names the development; the same ref in another dispatch adds evidence to it.'),
  headline: text(160).describe('What happened, in our own words.'),
  summary: text(1200).optional().describe('What happened, in our own words, at more length.'),
  citations: z
    .array(citation)
    .min(1, 'must have at least one citation of the report')
    .max(100, 'must have at most 100 entries')
    .describe('The passages of the report that tell it.'),
  when: citedWhen.optional().describe('When it happened; without it the last milestone dates the development.'),
  place: placeRef.optional().describe('Where it happened, by the id of a place.'),
  participants: list(participant).describe('Who takes part: of each role everyone whom the report names.'),
  milestones: list(milestone).describe('Steps of the lifecycle that the report tells.'),
  figures: list(namedFigure).describe('The numbers that the report gives.'),
  claims: list(claim).describe('What else the report claims: the fields beside are claims already.'),
  links: list(link).describe('Other developments that it bears on.'),
}

const passage = z
  .strictObject({
    key: slug.describe('Names the passage, so that its wordings in several reports stand side by side.'),
    quotation: text(500).describe("The report's wording, kept short."),
    speaker: name.optional().describe('Whose words the report says they are, where that is told differently.'),
    citation: citationKey,
  })
  .meta({ id: 'Passage', description: 'A passage of the statement as the report quotes it.' })

const statement = z.strictObject({
  kind: z.literal('STATEMENT'),
  ...common,
  act: z.enum(speechActs).describe('What the statement does.'),
  issue: z.enum(issues).default('SINGLE').describe('By how many it was made.'),
  channel: text(120).optional().describe('How it was published: "Facebook", "press briefing".'),
  gist: text(1200).optional().describe('What it says, in our own words.'),
  passages: list(passage).describe('Its passages, as the report quotes them.'),
})

const invitation = z
  .strictObject({
    invitee: name.describe('The party that was invited, by id or name.'),
    invitedBy: name.optional().describe('Who invited it.'),
    respondedBy: name.optional().describe('The person who answered for it.'),
    response: z.enum(responses).describe('How it responded.'),
    reason: text(600).optional().describe('The reason that was given.'),
    when: when.optional().describe('When it responded.'),
    citation: citationKey,
  })
  .meta({ id: 'Invitation', description: 'Who was invited, how it responded and the reason that it gave.' })

const talk = z.strictObject({
  kind: z.literal('TALK'),
  ...common,
  extent: z.enum(talkExtents).describe('A meeting, a round or a series.'),
  format: z.enum(talkFormats).optional().describe('How the parties talk.'),
  track: z.enum(talkTracks).optional().describe("Diplomacy's track."),
  level: z.enum(talkLevels).optional().describe('Who talks.'),
  topic: text(300).optional().describe('What it is about.'),
  outcome: text(600).optional().describe('What came of it.'),
  invitations: list(invitation).describe('Who was invited, and how each responded.'),
})

const heldShape = {
  key: slug.describe('Names it, so that what several reports say of it stands side by side.'),
  count: releasedFigure.optional().describe('How many; left out: unknown.'),
  category: text(160).optional().describe('Who they are: "military personnel".'),
  heldSince: when.optional().describe('Since when they were held.'),
  citation: citationKey,
}

const legGroup = z
  .strictObject(heldShape)
  .meta({ id: 'LegGroup', description: 'Part of a leg that was taken or held apart.' })

const leg = z
  .strictObject({
    ...heldShape,
    releasedBy: name.describe('Who releases, by id or name.'),
    receivedBy: name.describe('Who receives, by id or name.'),
    groups: list(legGroup).describe('Parts that were taken or held apart: 31 + 1.'),
    persons: list(text(120), 1000).describe('Names of those released, as reported.'),
  })
  .meta({ id: 'Leg', description: 'One direction of an exchange.' })

const exchange = z.strictObject({
  kind: z.literal('EXCHANGE'),
  ...common,
  form: z.enum(exchangeForms).default('RECIPROCAL').describe('Whether both sides release.'),
  legs: list(leg).describe('Who releases how many, one leg a direction.'),
})

const pledge = z.strictObject({
  kind: z.literal('PLEDGE'),
  ...common,
  strength: z.enum(strengths).describe('How far the promisor binds itself.'),
  terms: text(1200).optional().describe('What is promised, in our own words.'),
  condition: text(600).optional().describe('On what it depends.'),
  due: when.optional().describe('By when.'),
})

const agreement = z.strictObject({
  kind: z.literal('AGREEMENT'),
  ...common,
  stage: z.enum(agreementStages).optional().describe('PA-X stage.'),
  terms: text(1200).optional().describe('What it lays down, in our own words.'),
  effective: when.optional().describe('From when it holds.'),
  until: when.optional().describe('Until when it holds.'),
})

const incident = z.strictObject({
  kind: z.literal('INCIDENT'),
  ...common,
  type: z.enum(incidentTypes).describe('What kind of incident it is.'),
  standing: z.enum(incidentStandings).default('REPORTED').describe('How it is told.'),
})

/** A development as a report tells it, told apart by `kind`. */
export const developmentOfKind = z.discriminatedUnion('kind', [statement, talk, exchange, pledge, agreement, incident])
