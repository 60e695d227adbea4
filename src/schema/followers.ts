import type { FollowerTransport } from '../feed/line.ts'
import type { FeedStanding, FollowerStanding, FollowerState } from '../feed/standing.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import { badInput } from './refused.ts'

const MOST = 1000

/** A follower as it stands at the moment of the question. */
interface Standing extends FollowerStanding {
  readonly head: number
  readonly now: Date
}

/** All of them, and the first so many of those furthest behind. */
interface Followers {
  readonly head: number
  readonly feed: FeedStanding
  readonly all: readonly Standing[]
  readonly first: number
}

const TransportRef = codes<FollowerTransport>('FollowerTransport', 'How a follower is reached.', {
  WEBSOCKET: 'GraphQL over WebSocket.',
  SSE: 'GraphQL over an event stream.',
  FEED: 'The plain event stream, `/feed`.',
})

const StateRef = codes<FollowerState>('FollowerState', 'How a follower stands to the head of the feed.', {
  LIVE: 'At the head: what comes is sent at once.',
  BEHIND: 'On its way to the head, from where it resumed or fell behind.',
  FULL: 'Behind, and its connection takes nothing now: after PARLEY_STALL_MS without progress it is sent away.',
})

const behindBy = ({ head, position }: Standing) => Math.max(0, head - position)
const before = (now: Date, ms: number) => new Date(now.getTime() - ms)
const inState = (all: readonly Standing[], state: FollowerState) => all.filter((one) => one.state === state).length

const FollowerRef = builder.objectRef<Standing>('Follower').implement({
  description: 'One who follows the feed of the server that answers: one subscription on one connection.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the audit trail calls it: a key, a token, "anonymous".' }),
    transport: t.field({
      type: TransportRef,
      description: 'How it is reached.',
      resolve: ({ peer }) => peer.transport,
    }),
    address: t.string({ description: 'The address that it came from.', resolve: ({ peer }) => peer.address }),
    state: t.expose('state', { type: StateRef, description: 'How it stands.' }),
    position: t.exposeInt('position', { description: 'Everything up to here was sent, or did not match its filter.' }),
    behindBy: t.int({ description: 'How many positions there are from it to the head.', resolve: behindBy }),
    since: t.field({
      type: 'DateTime',
      description: 'Since when it is live; of one that is not, since when it has been behind.',
      resolve: ({ now, sinceMs }) => before(now, sinceMs),
    }),
    connectedSince: t.field({
      type: 'DateTime',
      description: 'When it began to follow.',
      resolve: ({ now, connectedMs }) => before(now, connectedMs),
    }),
  }),
})

const FollowersRef = builder.objectRef<Followers>('Followers').implement({
  description: 'How the followers of the server that answers stand, at this moment.',
  fields: (t) => ({
    headPosition: t.int({ description: 'Where the feed ends, as this server knows it.', resolve: ({ head }) => head }),
    tailDelaySeconds: t.float({
      description: 'How long ago this server last saw that it knows all of the feed: it is no more behind than that.',
      resolve: ({ feed }) => feed.tail.delayMs / 1000,
    }),
    groupCount: t.int({
      description: 'Groups of followers to whom the same goes out, made once for each.',
      resolve: ({ feed }) => feed.groups,
    }),
    totalCount: t.int({ description: 'All followers.', resolve: ({ all }) => all.length }),
    liveCount: t.int({ description: 'Those at the head.', resolve: ({ all }) => inState(all, 'LIVE') }),
    behindCount: t.int({
      description: 'Those who are not, the full ones among them.',
      resolve: ({ all }) => all.length - inState(all, 'LIVE'),
    }),
    fullCount: t.int({
      description: 'Those whose connections take nothing.',
      resolve: ({ all }) => inState(all, 'FULL'),
    }),
    nodes: t.field({
      type: [FollowerRef],
      description: 'Those furthest behind first; of those equally far, whoever has been so for longest.',
      extensions: { assumedSize: 100 },
      resolve: ({ all, first }) =>
        [...all].sort((a, b) => behindBy(b) - behindBy(a) || b.sinceMs - a.sinceMs).slice(0, first),
    }),
  }),
})

builder.queryField('followers', (t) =>
  t.field({
    type: FollowersRef,
    description: 'Which followers of the server that answers lag, by how much, since when. Takes the role ADMIN.',
    authScopes: { administer: true },
    // It is another one at every moment, whatever the record does.
    extensions: { isKept: false },
    args: { first: t.arg.int({ defaultValue: 100, description: `How many of them to list, at most ${MOST}.` }) },
    resolve: (_root, args, { feed, now: clock }) => {
      const first = args.first ?? 100
      if (first < 0 || first > MOST) throw badInput('first', `must be from 0 to ${MOST}`, first)
      const [head, now] = [feed.head().position, clock()]
      return { head, first, feed: feed.standing(), all: feed.roll().map((one) => ({ ...one, head, now })) }
    },
  }),
)
