import { canonical } from '../domain/canonical.ts'
import type { Account } from '../domain/evidence.ts'
import type { Dispatch } from './contract.ts'
import type { Known } from './known.ts'
import type { Prepared } from './prepare.ts'
import { type Problem, problem, Refusal } from './refusal.ts'
import { settleNames } from './resolve.ts'

/** Throws a Refusal that lists what the record cannot take of a dispatch; where there is nothing, its names are ids. */
export function refuseUnfit(known: Known, { dispatch, accounts, references }: Prepared): void {
  const unresolved = [...settleNames(references, known), ...linkProblems(known, accounts)]
  if (unresolved.length > 0) throw new Refusal(unresolved)
  const problems = [...reportProblems(known, dispatch), ...identityProblems(known, dispatch, accounts)]
  if (problems.length > 0) throw new Refusal(problems)
}

function linkProblems({ developments }: Known, accounts: readonly Account[]): Problem[] {
  const sent = new Set(accounts.map(({ ref }) => ref))
  return accounts.flatMap(({ links }, i) =>
    links.flatMap(({ to }, j) =>
      sent.has(to) || developments.has(to)
        ? []
        : [
            problem(
              ['developments', i, 'links', j, 'to'],
              'must be the ref of a development in the dispatch or the record',
              to,
            ),
          ],
    ),
  )
}

function reportProblems({ processes, outlets, reports }: Known, { process, report }: Dispatch): Problem[] {
  const problems: Problem[] = []
  if (!processes.has(process)) {
    problems.push(problem(['process'], 'must be a process that the record knows', process))
  }
  if (report.outlet !== undefined && !outlets.has(report.outlet)) {
    problems.push(
      problem(
        ['report', 'outlet'],
        'must be an outlet that the record knows or the dispatch introduces',
        report.outlet,
      ),
    )
  }
  const known = reports.get(report.id)
  if (known === undefined) return problems
  if (known.outlet !== (report.outlet ?? null)) {
    problems.push(
      problem(
        ['report', 'outlet'],
        `must be ${known.outlet ?? 'left out'}, as the record has this report`,
        report.outlet ?? null,
      ),
    )
  }
  if (canonical(known.published) !== canonical(report.published)) {
    problems.push(problem(['report', 'published'], 'must be as the record has this report', report.published))
  }
  return problems
}

function identityProblems({ recorded }: Known, dispatch: Dispatch, accounts: readonly Account[]): Problem[] {
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
