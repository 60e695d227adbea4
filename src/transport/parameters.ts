import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Refuses parameters of an address or a form that are no JSON: Yoga takes them for a failure of its own. */
export const refusedParameters: Plugin = {
  onRequestParse({ requestParser, setRequestParser }) {
    if (requestParser === undefined) return
    setRequestParser(async (request) => {
      try {
        return await requestParser(request)
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        throw new GraphQLError(`variables, extensions: must be JSON (${error.message})`, {
          extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
        })
      }
    })
  },
}
