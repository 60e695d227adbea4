/** The part of Parley's schema that the followers ask for, for servers that are written schema first. */
export const types = /* GraphQL */ `
  type DevelopmentChange {
    cursor: String!
    position: Int!
    previousPosition: Int!
    action: String!
    ref: String!
    development: Development
    revision: Revision
  }
  type Development {
    kind: String!
    headline: String!
    summary: String
    status: String
    when: When
  }
  type When {
    earliest: String
    latest: String
    precision: String!
  }
  type Revision {
    recordedAt: String!
    reason: String
  }
`

/** What a NOTIFY of the writer carries, as JSON. */
export interface DevelopmentChange {
  readonly cursor: string
  readonly position: number
  readonly previousPosition: number
  readonly action: string
  readonly ref: string
  readonly development: {
    readonly kind: string
    readonly headline: string
    readonly summary: string
    readonly status: string
    readonly when: { readonly earliest: string; readonly latest: string; readonly precision: string }
  }
  readonly revision: { readonly recordedAt: string; readonly reason: string | null }
}
