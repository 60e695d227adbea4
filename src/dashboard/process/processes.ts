import { graphql } from '../graphql.ts'

/** The processes of the record. */
export const Processes = graphql(`
  query Processes { processes(first: 100) { nodes { ref name summary } } }
`)
