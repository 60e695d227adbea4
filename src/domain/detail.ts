import { agreementDetail, draftAgreement } from './agreement.ts'
import type { Detail } from './content.ts'
import type { Draft } from './draft.ts'
import type { Account } from './evidence.ts'
import { draftExchange, exchangeDetail } from './exchange.ts'
import { draftIncident, incidentDetail } from './incident.ts'
import type { Kind } from './kind.ts'
import { draftPledge, pledgeDetail } from './pledge.ts'
import type { Standing } from './standing.ts'
import { draftStatement, statementDetail } from './statement.ts'
import type { Status } from './status.ts'
import { draftTalk, talkDetail } from './talk.ts'

/** The claims that only an account of its kind makes. */
export function draftDetail(account: Account, draft: Draft): void {
  switch (account.kind) {
    case 'STATEMENT':
      draftStatement(account, draft)
      break
    case 'TALK':
      draftTalk(account, draft)
      break
    case 'EXCHANGE':
      draftExchange(account, draft)
      break
    case 'PLEDGE':
      draftPledge(account, draft)
      break
    case 'AGREEMENT':
      draftAgreement(account, draft)
      break
    case 'INCIDENT':
      draftIncident(account, draft)
      break
    default:
      account satisfies never
  }
}

/** The fields that only its kind has, from the claims that stand. */
export function detailOf(kind: Kind, standing: Standing, status: Status | null): Detail {
  switch (kind) {
    case 'STATEMENT':
      return { kind, ...statementDetail(standing) }
    case 'TALK':
      return { kind, ...talkDetail(standing) }
    case 'EXCHANGE':
      return { kind, ...exchangeDetail(standing, status) }
    case 'PLEDGE':
      return { kind, ...pledgeDetail(standing) }
    case 'AGREEMENT':
      return { kind, ...agreementDetail(standing) }
    case 'INCIDENT':
      return { kind, ...incidentDetail(standing) }
    default:
      return kind satisfies never
  }
}
