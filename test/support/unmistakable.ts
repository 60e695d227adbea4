import { day } from './sample.ts'

/** Words that are found nowhere else. */
export interface Words {
  /** In every text of every development. */
  readonly content: string
  /** In every name that is brought: of an actor, a place, an outlet, the report, and the developments' refs. */
  readonly names: string
}

/**
 * A dispatch for the seed's process with a development of each kind, every text of which has a word that cannot be
 * mistaken; and so does everything that it introduces.
 */
export function unmistakable({ content, names }: Words): object {
  const said = (what: string) => `${content} ${what}`
  const id = (what: string) => `${names}-${what}`
  const when = { ...day('2023-12-11'), asReported: said('Monday'), reason: said('inferred') }
  const common = (kind: string) => ({
    ref: id(kind.toLowerCase()),
    kind,
    headline: said('headline'),
    summary: said('summary'),
    citations: [
      {
        key: 'a',
        quotation: said('quotation'),
        locator: said('locator'),
        attributedTo: id('actor'),
        via: id('outlet'),
        origin: id('origin'),
      },
    ],
    when,
    place: id('place'),
    participants: [
      {
        actor: id('actor'),
        role: 'SUBJECT',
        onBehalfOf: 'Armenia',
        capacity: said('capacity'),
        asReported: said('words'),
      },
    ],
    figures: [
      {
        measure: 'HELD',
        best: 7,
        asReported: said('seven'),
        unit: said('unit'),
        parts: [{ label: said('part'), count: 7 }],
      },
    ],
    claims: [
      { aspect: 'CONTENT', key: id('key'), value: { text: said('claim') } },
      { aspect: 'CONTENT', key: id('key'), value: { text: said('other claim') } },
    ],
    links:
      kind === 'STATEMENT' ? [{ type: 'FOLLOWS', to: 'joint-statement' }] : [{ type: 'FOLLOWS', to: id('statement') }],
  })
  return {
    process: 'armenia-azerbaijan',
    report: {
      id: id('report'),
      title: `${names} title`,
      url: `https://${names}.example/report`,
      outlet: id('outlet'),
      credits: [`${names} credit`],
      published: day('2023-12-12'),
    },
    actors: [
      {
        ...{ id: id('actor'), kind: 'PERSON', name: `${names} person`, description: `${names} description` },
        names: [{ name: `${names} alias`, kind: 'VARIANT' }],
        offices: [{ title: `${names} office`, organisation: 'Armenia' }],
      },
    ],
    places: [
      {
        id: id('place'),
        name: `${names} place`,
        within: 'nagorno-karabakh',
        latitude: 39.5,
        longitude: 46.5,
        precision: 3,
      },
    ],
    outlets: [{ id: id('outlet'), name: `${names} outlet` }],
    developments: [
      {
        ...common('STATEMENT'),
        ...{ act: 'ANNOUNCE', channel: said('channel'), gist: said('gist') },
        passages: [{ key: id('passage'), quotation: said('passage') }],
      },
      {
        ...common('TALK'),
        ...{
          extent: 'MEETING',
          topic: said('topic'),
          outcome: said('outcome'),
          milestones: [{ status: 'CANCELLED', when }],
        },
        participants: [{ actor: id('actor'), role: 'MEDIATOR' }],
        invitations: [{ invitee: 'Azerbaijan', invitedBy: id('actor'), response: 'DECLINED', reason: said('reason') }],
      },
      {
        ...common('EXCHANGE'),
        milestones: [{ status: 'AGREED', when }],
        legs: [
          {
            ...{ key: id('leg'), releasedBy: 'Armenia', receivedBy: 'Azerbaijan', count: { best: 3 } },
            ...{ category: said('category'), persons: [said('name')], heldSince: when },
          },
        ],
      },
      { ...common('PLEDGE'), strength: 'COMMITMENT', terms: said('terms'), condition: said('condition'), due: when },
      { ...common('AGREEMENT'), terms: said('terms'), effective: when },
      { ...common('INCIDENT'), type: 'ASSAULT' },
    ],
  }
}
