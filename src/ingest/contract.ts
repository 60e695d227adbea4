import { z } from 'zod'
import { statusProblem } from '../domain/status.ts'
import { valueProblem } from '../domain/vocabulary.ts'
import { copyOf } from './contractCopy.ts'
import { identities, report } from './contractIdentity.ts'
import { developmentOfKind } from './contractKind.ts'
import { slug, zonedMoment } from './contractText.ts'

// The one contract of everything that comes in: files, HTTP, GraphQL and the seed.

type Account = z.output<typeof developmentOfKind>

const development = developmentOfKind.superRefine((account, ctx) => {
  checkCitations(account, ctx)
  checkWords(account, ctx)
})

/** One report and the developments that it supports. */
export const dispatch = z
  .strictObject({
    $schema: z.string().optional().describe('Address of this JSON Schema, for editors.'),
    process: slug.describe('The process that the developments belong to, by its id.'),
    report: report.describe('The report.'),
    embargoUntil: zonedMoment
      .optional()
      .describe(
        'Until when it is held back, with its zone: 2023-12-07T18:00:00+04:00. Only the desk sees it until then; once that is past it says nothing. No part of the content: the same dispatch without it is the same.',
      ),
    copyOf: copyOf.optional().describe('Of which dispatch this is a copy or a part: exports write it.'),
    ...identities,
    developments: z
      .array(development)
      .max(10_000, 'must have at most 10000 entries')
      .describe('What the report tells, one entry a development.'),
  })
  .superRefine(({ developments }, ctx) => {
    const seen = new Set<string>()
    for (const [i, { ref }] of developments.entries()) {
      if (seen.has(ref)) {
        ctx.addIssue({
          code: 'custom',
          path: ['developments', i, 'ref'],
          message: 'must be unique within the dispatch',
        })
      }
      seen.add(ref)
    }
  })
  .meta({ id: 'Dispatch', description: 'One report and the developments that it supports.' })

export type Dispatch = z.output<typeof dispatch>

function checkCitations(account: Account, ctx: z.RefinementCtx): void {
  const keys = account.citations.map((c, i) => c.key ?? `c${i + 1}`)
  for (const [i, key] of keys.entries()) {
    if (keys.indexOf(key) === i) continue
    ctx.addIssue({ code: 'custom', path: ['citations', i, 'key'], message: 'must be unique within the development' })
  }
  for (const { path, key } of citationsNamed(account, [])) {
    if (keys.includes(key)) continue
    const message = `must name one of the development's citations (${keys.join(', ')})`
    ctx.addIssue({ code: 'custom', path, message })
  }
}

function checkWords(account: Account, ctx: z.RefinementCtx): void {
  const { kind, milestones, claims, links, ref } = account
  for (const [i, { status }] of milestones.entries()) {
    const hope = account.kind === 'PLEDGE' && account.strength === 'HOPE' && status === 'BROKEN'
    const rule = hope ? 'not be BROKEN: a hope is never broken' : statusProblem(kind, status)
    if (rule === undefined) continue
    ctx.addIssue({ code: 'custom', path: ['milestones', i, 'status'], message: `must ${rule}` })
  }
  for (const [i, { aspect, key, value }] of claims.entries()) {
    const rule = valueProblem(kind, aspect, key, value)
    if (rule !== undefined) ctx.addIssue({ code: 'custom', path: ['claims', i, 'value'], message: `must ${rule}` })
  }
  for (const [i, { to }] of links.entries()) {
    if (to === ref) ctx.addIssue({ code: 'custom', path: ['links', i, 'to'], message: 'must be another development' })
  }
}

function citationsNamed(node: unknown, path: (string | number)[]): { path: (string | number)[]; key: string }[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([member, child]) => {
    const here = [...path, Array.isArray(node) ? Number(member) : member]
    return member === 'citation' && typeof child === 'string'
      ? [{ path: here, key: child }]
      : citationsNamed(child, here)
  })
}
