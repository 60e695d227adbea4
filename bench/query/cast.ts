/** Whom the invented news are about: processes of two neighbours each, with mediators and outlets that they share. */
export interface Process {
  readonly id: string
  readonly sides: readonly [Side, Side]
  readonly places: readonly string[]
}

export interface Side {
  readonly id: string
  readonly name: string
  readonly leader: string
  readonly ministry: string
  readonly commission: string
}

const stems = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Gorse', 'Hazel', 'Ivy', 'Juniper']
const endings = ['land', 'mark', 'stan', 'ia']
const sites = ['border', 'bridge', 'crossing', 'valley', 'capital']

const mediatorNames = ['Council of the Sea', 'Inland Union', 'Republic of Oakmoor', 'Commonwealth of Reed', 'Meridian']
export const mediators = mediatorNames.map((name, i) => ({ id: `mediator-${i + 1}`, name }))
export const observers = [{ id: 'red-cross-society', name: 'International Relief Society' }]

export const outlets = Array.from({ length: 12 }, (_, i) => ({ id: `outlet-${i + 1}`, name: `The Courier ${i + 1}` }))

export const PROCESSES = stems.length * 2

function sideOf(number: number, half: 0 | 1): Side {
  const stem = stems[number % stems.length] as string
  const name = `${stem}${endings[Math.floor(number / stems.length) * 2 + half]}`
  const id = name.toLowerCase()
  return { id, name, leader: `${id}-leader`, ministry: `${id}-ministry`, commission: `${id}-commission` }
}

/** The invented process of a number, from 0 to `PROCESSES` - 1. */
export function processAt(number: number): Process {
  const sides = [sideOf(number, 0), sideOf(number, 1)] as const
  const id = `${sides[0].id}-${sides[1].id}`
  return { id, sides, places: sites.map((site) => `${id}-${site}`) }
}

/** A process as Parley's ingest takes it, with the identities that its dispatches need. */
export function processDocument(process: Process): object {
  const { id, sides, places } = process
  const [one, other] = sides
  return {
    process: {
      id,
      name: `${one.name}–${other.name} peace process`,
      summary: `${one.name} and ${other.name}, two invented neighbours, talk about prisoners, borders and a treaty.`,
      parties: sides.map((side) => side.id),
      mediators: mediators.map((mediator) => mediator.id),
    },
    actors: [
      ...mediators.map((mediator) => ({ ...mediator, kind: 'ORGANISATION' })),
      ...observers.map((observer) => ({ ...observer, kind: 'ORGANISATION' })),
      ...sides.flatMap(actorsOf),
    ],
    places: [
      { id: `${id}-region`, name: `Borderland of ${one.name} and ${other.name}` },
      ...places.map((place, i) => ({
        ...{ id: place, name: `${one.name} ${sites[i]}`, within: `${id}-region`, precision: 1 },
        ...{ latitude: 40 + i / 10, longitude: 45 + i / 10 },
      })),
    ],
    outlets,
  }
}

function actorsOf({ id, name, leader, ministry, commission }: Side): object[] {
  return [
    { id, kind: 'STATE', name, names: [{ name: `Republic of ${name}` }, { name: `${name} City`, kind: 'METONYM' }] },
    {
      ...{ id: leader, kind: 'PERSON', name: `The leader of ${name}` },
      offices: [{ title: `Prime Minister of ${name}`, organisation: id }],
    },
    { id: ministry, kind: 'BODY', name: `Foreign Ministry of ${name}`, partOf: id },
    { id: commission, kind: 'BODY', name: `Prisoners' Commission of ${name}`, partOf: id },
  ]
}
