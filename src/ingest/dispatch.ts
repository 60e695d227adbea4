import { createHash } from 'node:crypto'
import { canonical } from '../domain/canonical.ts'
import type { Account } from '../domain/evidence.ts'
import { loadRecorded, type Recorded } from '../store/material.ts'
import { existing } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import { insert, insertMissing } from '../store/rows.ts'
import { dispatch as contract, type Dispatch } from './contract.ts'
import { introduce } from './identities.ts'
import { type Problem, problem, problemsOf, Refusal } from './refusal.ts'
import { resolveAccounts } from './resolve.ts'
import { settle } from './settle.ts'

/** What became of a dispatch. */
export interface Accepted {
  readonly dispatch: string
  /** Refs of developments that the record did not have. */
  readonly created: readonly string[]
  /** Refs of developments that gained evidence; of what was merged or split, of those that hold it now. */
  readonly amended: readonly string[]
  /** Refs of developments that are retracted, or only told by retracted reports: the evidence is kept for their return. */
  readonly withheld: readonly string[]
  readonly revisions: number
  /** True when this very dispatch was accepted before: nothing was written. */
  readonly unchanged: boolean
}

/** Reads unknown input as a dispatch. Throws a Refusal that lists everything that is wrong with its form. */
export function readDispatch(input: unknown): Dispatch {
  const result = contract.safeParse(input)
  if (!result.success) throw new Refusal(problemsOf(result.error, input))
  return result.data
}

/**
 * Takes one dispatch into the record: all of it or nothing. Evidence is united with what the record holds; a value that
 * differs becomes a claim beside the standing one. Throws a Refusal that lists what the record cannot take.
 */
export async function acceptDispatch(pen: Pen, dispatch: Dispatch): Promise<Accepted> {
  const id = createHash('sha256').update(bodyOf(dispatch)).digest('hex')
  const { rowCount } = await pen.client.query('select 1 from "Dispatch" where id = $1', [id])
  if (rowCount === 1) return { dispatch: id, created: [], amended: [], withheld: [], revisions: 0, unchanged: true }

  await introduce(pen, dispatch)
  const accounts = await resolveAccounts(pen, dispatch)
  const refs = accounts.map((account) => account.ref)
  const before = await loadRecorded(pen.client, refs)
  const problems = [...(await reportProblems(pen, dispatch)), ...identityProblems(dispatch, accounts, before)]
  if (problems.length > 0) throw new Refusal(problems)

  await writeEvidence(pen, id, dispatch, accounts, before)
  const after = await loadRecorded(pen.client, refs)
  // What was merged or split has its evidence elsewhere than at the ref that the dispatch names.
  const grown = [...new Set([...refs, ...[...after.keys()].sort()])]
    .map((ref) => after.get(ref) as Recorded)
    .filter((is) => is.evidence.length > (before.get(is.id)?.evidence.length ?? 0))
  return {
    dispatch: id,
    ...(await settle(pen, grown, before, { dispatch: id, report: dispatch.report.id })),
    unchanged: false,
  }
}

/** What makes it this dispatch: not where its author's editor found the schema. */
function bodyOf(dispatch: Dispatch): string {
  return canonical({ ...dispatch, $schema: undefined })
}

async function reportProblems(pen: Pen, { process, report }: Dispatch): Promise<Problem[]> {
  const problems: Problem[] = []
  if (!(await existing(pen.client, 'Process', [process])).has(process)) {
    problems.push(problem(['process'], 'must be a process that the record knows', process))
  }
  const outlets = await existing(pen.client, 'Outlet', report.outlet === undefined ? [] : [report.outlet])
  if (report.outlet !== undefined && !outlets.has(report.outlet)) {
    problems.push(
      problem(
        ['report', 'outlet'],
        'must be an outlet that the record knows or the dispatch introduces',
        report.outlet,
      ),
    )
  }
  const { rows } = await pen.client.query<{ outletId: string | null; published: unknown }>(
    'select "outletId", published from "Report" where id = $1',
    [report.id],
  )
  const known = rows[0]
  if (known === undefined) return problems
  if (known.outletId !== (report.outlet ?? null)) {
    problems.push(
      problem(
        ['report', 'outlet'],
        `must be ${known.outletId ?? 'left out'}, as the record has this report`,
        report.outlet ?? null,
      ),
    )
  }
  if (canonical(known.published) !== canonical(report.published)) {
    problems.push(problem(['report', 'published'], 'must be as the record has this report', report.published))
  }
  return problems
}

function identityProblems(
  dispatch: Dispatch,
  accounts: readonly Account[],
  recorded: ReadonlyMap<string, Recorded>,
): Problem[] {
  return accounts.flatMap(({ ref, kind }, i) => {
    const known = recorded.get(ref)
    if (known === undefined) return []
    const problems: Problem[] = []
    if (known.kind !== kind)
      problems.push(problem(['developments', i, 'kind'], `must be ${known.kind}: ${ref} is one`, kind))
    if (known.process !== dispatch.process) {
      problems.push(problem(['developments', i, 'ref'], `must be of the process ${known.process}`, dispatch.process))
    }
    return problems
  })
}

async function writeEvidence(
  pen: Pen,
  id: string,
  dispatch: Dispatch,
  accounts: readonly Account[],
  recorded: ReadonlyMap<string, Recorded>,
): Promise<void> {
  const { report, process } = dispatch
  const { client, now } = pen
  await insertMissing(client, 'Report', [
    {
      ...{ id: report.id, outletId: report.outlet ?? null, title: report.title ?? null, url: report.url ?? null },
      ...{ language: report.language, credits: report.credits, published: { ...report.published } },
      knownAt: report.published.latest ?? now,
    },
  ])
  await insert(client, 'Dispatch', [{ id, reportId: report.id, receivedAt: now, body: JSON.parse(bodyOf(dispatch)) }])
  const fresh = accounts.filter(({ ref }) => !recorded.has(ref))
  await insert(
    client,
    'Development',
    fresh.map(({ ref, kind }) => ({ id: ref, kind, processId: process, withheld: false })),
  )
  await insert(
    client,
    'Evidence',
    accounts.map((account) => ({
      ...{ developmentId: account.ref, dispatchId: id, arrivedAt: pen.position },
      body: JSON.parse(canonical(account)),
    })),
  )
}
