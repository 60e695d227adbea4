import { useParams } from '@solidjs/router'
import { lazy, Show } from 'solid-js'
import { searchAddress } from '../addresses.ts'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { graphql } from '../graphql.ts'
import { Problem } from '../problem.tsx'
import { useTitle } from '../title.ts'
import { viewer } from '../viewer.ts'
import { ViewLink } from '../viewLink.tsx'
import { useViewpoint } from '../viewpoint.ts'
import { Citations, DevelopmentCitations } from './citations.tsx'
import { DevelopmentClaims } from './claimFields.ts'
import { Claims } from './claims.tsx'
import { Codes, DevelopmentCodes } from './codes.tsx'
import { DevelopmentLine } from './developmentLine.tsx'
import { DevelopmentHistory, History } from './history.tsx'
import { DevelopmentLine as LineFields } from './lineFields.ts'
import { DevelopmentLinks, Links } from './links.tsx'
import { DevelopmentTimes, Times } from './times.tsx'
import './developmentView.css'

const MendTools = lazy(() => import('../desk/mendTools.tsx'))

const One = graphql(
  `
  query One($ref: String!, $asOf: DateTime) {
    development(ref: $ref, asOf: $asOf) {
      ...DevelopmentLine
      summary
      ...DevelopmentClaims
      ...DevelopmentCitations
      ...DevelopmentTimes
      ...DevelopmentCodes
      ...DevelopmentLinks
      ...DevelopmentHistory
    }
  }
`,
  [
    LineFields,
    DevelopmentClaims,
    DevelopmentCitations,
    DevelopmentTimes,
    DevelopmentCodes,
    DevelopmentLinks,
    DevelopmentHistory,
  ],
)

// Of what the record does not know, no filter can be made: it is asked when the development is there.
const Linking = graphql(
  `
  query Linking($ref: String!, $asOf: DateTime) {
    developments(filter: { link: { to: [$ref] } }, asOf: $asOf, first: 50) {
      nodes { ref kind headline ...DevelopmentLinks }
    }
  }
`,
  [DevelopmentLinks],
)

/** One development: how it stands, and how it came to stand so. */
export default function DevelopmentView() {
  const parameters = useParams<{ ref: string }>()
  const { asOf } = useViewpoint()
  const variables = () => ({ ref: decodeURIComponent(parameters.ref), asOf: asOf() })
  const answer = createAnswer(One, variables)
  const found = () => answer.data()?.development
  const linking = createAnswer(Linking, () => {
    const ref = found()?.ref
    return ref === undefined ? null : { ref, asOf: asOf() }
  })
  // Refs of what was merged lead to what it was merged into.
  const merged = () => (found() && found()?.ref !== variables().ref ? variables().ref : null)
  useTitle(() => found()?.headline ?? variables().ref)
  return (
    <section class="view" aria-labelledby="development-title">
      <header class="view-head">
        <h1 id="development-title">
          <bdi>{found()?.headline ?? variables().ref}</bdi>
        </h1>
        <AsGraphql document={One} variables={variables()} />
      </header>
      <Problem of={answer} />
      <Problem of={linking} />
      <Show when={answer.data() && !found()}>
        <p class="pending">
          The record {asOf() === null ? 'knows' : 'then knew'} no development by this name.{' '}
          <ViewLink to={searchAddress(variables().ref.replaceAll('-', ' '))}>Search for it</ViewLink>
        </p>
      </Show>
      <Show when={found()}>
        {(development) => (
          <>
            <Show when={merged()}>
              {(ref) => (
                <p class="notice">
                  <bdi>{ref()}</bdi> is the same event as this one, <bdi>{development().ref}</bdi>, which holds what was
                  told of both.
                </p>
              )}
            </Show>
            <Show when={development().summary}>{(summary) => <p class="content">{summary()}</p>}</Show>
            <DevelopmentLine of={development()} level={null} />
            <Show when={viewer()?.mayEdit && asOf() === null}>
              <MendTools of={development()} merged={merged()} />
            </Show>
            <Times of={development()} />
            <Claims of={development()} />
            <Citations of={development()} />
            <Links of={development()} from={linking.data()?.developments.nodes ?? []} />
            <Codes of={development()} />
            <History of={development()} />
          </>
        )}
      </Show>
    </section>
  )
}
