import { outlets, PROCESSES, type Process, processAt, processDocument } from './cast.ts'
import { dice } from './dice.ts'
import { dayAfter, onDay } from './moment.ts'
import { accountOf, type Event, eventsOf } from './story.ts'

/** How many developments a story's first report tells of: the seed's reports tell of about 15. */
const PER_STORY = 16
/** The stories spread over so many days from here on, however many there are. */
const FIRST_DAY = '2004-01-01'
const DAYS = 20 * 365

interface Story {
  readonly number: number
  readonly process: Process
  readonly day: string
  readonly events: readonly Event[]
}

/**
 * Invented news: documents as Parley's ingest takes them, processes first, then dispatches with so many developments
 * in all, the same for the same seed. A story is told by a first report; five of its sixteen developments are told
 * again by a second outlet, and two by a third, while other stories have begun.
 */
export function* generate(developments: number, seed = 1): Generator<object> {
  for (let i = 0; i < PROCESSES; i++) yield processDocument(processAt(i))
  const stories = Math.ceil(developments / PER_STORY)
  for (let last = 0; last < stories + told.length - 1; last++) {
    for (const [report, most] of told.entries()) {
      const number = last - report
      if (number < 0 || number >= stories) continue
      const story = storyAt(number, stories, Math.min(PER_STORY, developments - number * PER_STORY), seed)
      yield dispatchOf(story, report, most, seed)
    }
  }
}

/** How many of a story's events each of its reports tells. */
const told = [PER_STORY, 5, 2]

function storyAt(number: number, of: number, count: number, seed: number): Story {
  const process = processAt(number % PROCESSES)
  const day = dayAfter(FIRST_DAY, Math.floor((number / of) * DAYS))
  return { number, process, day, events: eventsOf(number, storySeed(seed, number), count, process, day) }
}

const storySeed = (seed: number, number: number) => seed * 1_000_003 + number

function dispatchOf({ number, process, day, events }: Story, report: number, most: number, seed: number): object {
  const chance = dice(storySeed(seed, number) + 31 * (report + 1))
  const some = report === 0 ? events : events.filter((_, i) => i % 3 === 0).slice(0, most)
  return {
    process: process.id,
    report: {
      id: `r${number}-${report + 1}`,
      // Never the same outlet twice: it would not be another source.
      outlet: outlets[(number + report * 4 + chance.roll(4)) % outlets.length]?.id,
      title: `Report ${report + 1} of ${day}`,
      credits: chance.chance(30) ? ['The Agency'] : [],
      published: onDay(dayAfter(day, report)),
    },
    developments: some.map((event) => accountOf(event, report)),
  }
}
