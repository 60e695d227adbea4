import { graphql } from './graphql.ts'

/** What `When` needs of a date. */
export const WhenShown = graphql(`
  fragment WhenShown on When @_unmask { earliest latest precision basis asReported }
`)
