import type { AuthFailure } from '@pothos/plugin-scope-auth'
import { GraphQLError, type GraphQLResolveInfo } from 'graphql'
import { anonymous, holders, type Permission } from '../feed/viewer.ts'
import type { Context } from './context.ts'

/** Says which role a field needs, which one whoever asks has, and how to come by another. */
export function notPermitted(
  { scope, author }: Context,
  { path }: GraphQLResolveInfo,
  failure: AuthFailure,
): GraphQLError {
  const needed = holders[missing(failure)]
  const list = needed.join(' or ')
  const isUnknown = author.name === anonymous.name
  const have = isUnknown ? 'you have not said who you are' : `you have ${scope}`
  return new GraphQLError(
    `${path.key}: needs the role ${list}; ${have}. Send a key that has it as \`authorization: Bearer …\`; whoever runs this server makes one: npm run keys -- add --role ${needed[0]} --label NAME`,
    {
      extensions: {
        code: isUnknown ? 'UNAUTHENTICATED' : 'FORBIDDEN',
        http: { status: isUnknown ? 401 : 403 },
      },
    },
  )
}

/** Which permission was missing: a field takes one. */
function missing(failure: AuthFailure): Permission {
  if ('failures' in failure) return missing(failure.failures[0] as AuthFailure)
  return (failure as { scope: Permission }).scope
}
