import { describe, expect, it } from 'vitest'
import { breaks, disturbance, findings, gains } from '../../bench/scale/findings.ts'
import { layouts } from '../../bench/scale/layout.ts'
import { readOptions } from '../../bench/scale/options.ts'
import { replicaReadsIn, sharesBetween } from '../../bench/scale/replicaReads.ts'
import { type Row, resultsOf } from '../../bench/scale/results.ts'
import { loadsOf, othersOf, processesTable, replicaTable } from '../../bench/scale/table.ts'
import { between, busySeconds } from '../../bench/scale/usage.ts'

const row = (change: Partial<Row>): Row => ({
  ...{ round: 0, layout: 'one process', work: 'cold lists', atOnce: 32, rate: 100, p50: 10, p99: 20, refused: 0 },
  ...{
    written: Number.NaN,
    answered: Number.NaN,
    behind: Number.NaN,
    away: Number.NaN,
    servers: 1,
    proxy: 0,
    primary: 0.1,
    replica: 0,
    generator: 0.05,
    machine: 1.3,
  },
  ...change,
})
const proxied = (change: Partial<Row>) => row({ layout: 'one process, proxy', ...change })
const two = (change: Partial<Row>) => row({ layout: 'two processes, proxy', ...change })

describe('how many times as much', () => {
  it('is compared within a round, and is the median of these', () => {
    const { ratio, find } = resultsOf([
      ...[proxied({ rate: 100 }), two({ rate: 150 })],
      // The machine was busy: half of everything.
      ...[proxied({ round: 1, rate: 50 }), two({ round: 1, rate: 85 })],
      ...[two({ round: 2, rate: 300 }), proxied({ round: 2, rate: 100 })],
    ])
    expect(ratio('rate', two({}), proxied({}))).toEqual({ value: 1.7, least: 1.5, most: 3 })
    expect(find(proxied({}))?.rate).toBe(100)
  })

  it('is not said of what no round has both of', () => {
    const { ratio } = resultsOf([proxied({ round: 0 }), two({ round: 1 }), two({ round: 0, atOnce: 64 })])
    expect(ratio('rate', two({}), proxied({}))).toBeUndefined()
  })
})

describe('the cores that were used', () => {
  it('are those of a machine without its idle time, and with what another machine took', () => {
    // user nice system idle iowait irq softirq steal guest: a guest's time is in the user's already.
    expect(busySeconds('cpu  100 20 30 9999 8888 4 5 41 77 0\ncpu0 1 1 1 1\n')).toBe(2)
  })

  it('are told by time, and apart from those of others', () => {
    const usage = { servers: 3, proxy: 1, primary: 2, replica: 0, machine: 10 }
    const used = between(usage, { servers: 5, proxy: 1.5, primary: 2.5, replica: 0, machine: 14 }, 2)
    expect(used).toEqual({ servers: 1, proxy: 0.25, primary: 0.25, replica: 0, machine: 2 })
    expect(othersOf(row({ ...used, generator: 0.2 }))).toBeCloseTo(0.3)
  })
})

it('what a replica answered is what it was asked and did not fail at, of all that it could have been asked', () => {
  const metrics = [
    '# TYPE parley_replica_reads_total counter',
    ...Object.entries({ asked: 90, behind: 7, away: 3, failed: 10 }).map(
      ([outcome, count]) => `parley_replica_reads_total{outcome="${outcome}"} ${count}`,
    ),
    'parley_replica_pool_connections{state="idle"} 4',
  ]
  const before = replicaReadsIn(metrics.join('\n'))
  expect(before).toEqual({ answered: 80, behind: 7, away: 3 })
  expect(sharesBetween(before, { answered: 95, behind: 10, away: 5 })).toEqual({
    answered: 0.75,
    behind: 0.15,
    away: 0.1,
  })
  expect(sharesBetween(replicaReadsIn(''), replicaReadsIn(''))).toMatchObject({ answered: Number.NaN })
})

describe('what is said of it', () => {
  it('is that the machine holds further processes up where no core was left, and that something else does where one was', () => {
    const said = (machine: number) => gains(resultsOf([proxied({}), two({ rate: 160, machine, servers: 1.7 })]), 2)
    expect(said(1.9)).toEqual([
      expect.stringMatching(/^cold lists, two processes, proxy: 1\.60 times .* 95 %, .* 1\.70 /),
    ])
    expect(said(1.9)[0]).toContain('and others 0.05: it is this machine that holds them up')
    expect(said(1.2)[0]).toContain('60 %: something else holds them up')
  })

  it('is where the first answer is late and the first one turned away, or that none was', () => {
    const loads = [row({}), row({ atOnce: 64, p99: 1001 }), row({ atOnce: 128, p99: 3000, refused: 0.02 })]
    expect(breaks(loads)).toEqual([
      'One process: from 64 at once on, one of 100 cold lists takes longer than a second (1,001 ms at 100 answers/s).',
      'One process: from 128 at once on, some are turned away with 503 (2.0 %).',
    ])
    expect(breaks(loads.slice(0, 1))).toEqual([
      'One process: up to 32 at once, 99 of 100 cold lists were there within a second.',
      'One process: up to 32 at once, nobody was turned away.',
    ])
  })

  it('is how much others disturbed it, where nobody wrote', () => {
    const writing = [row({ work: 'deliveries', machine: 2 }), row({ written: 5, machine: 2 })]
    expect(disturbance([row({}), ...writing])).toEqual([
      'While lists were asked for, others used at most 0.15 of a core.',
    ])
    expect(disturbance([row({}), row({ machine: 1.8 })])[0]).toMatch(/ 0\.65 of a core: the machine was not quiet/)
  })

  it('is nothing of what was not measured', () => {
    expect(findings(resultsOf([]), 2)).toBe('')
  })
})

describe('the tables', () => {
  const without = row({ layout: 'without a replica', primary: 0.8, written: 50 })
  const withOne = row({
    layout: 'with a replica',
    primary: 0.4,
    replica: 0.3,
    written: 60,
    ...{ answered: 0.93, behind: 0.04, away: 0.03 },
    rate: 130,
  })
  const results = resultsOf([
    ...[row({ atOnce: 256, p99: 9000 }), row({}), proxied({ rate: 80 }), two({ rate: 120 }), without, withOne],
    ...[row({ work: 'deliveries', atOnce: 2000, rate: 50_000 })],
  ])

  it('compare layouts with one process, without and behind the proxy, at the load that all have', () => {
    const cells = processesTable(results)
      .split('\n')
      .slice(2)
      .map((line) => line.split(' | ').slice(0, 6).join(' '))
    expect(cells).toEqual([
      '| cold lists 32 one process 100 1.00 1.25',
      '| cold lists 32 one process, proxy 80 0.80 1.00',
      '| cold lists 32 two processes, proxy 120 1.20 1.50',
      '| deliveries 2,000 one process 50,000 1.00 –',
    ])
  })

  it('say what a replica adds, and what one process comes to under each load', () => {
    expect(replicaTable(results).split('\n').at(-1)).toMatch(
      /^\| with a replica \| 130 \| 1\.30 \| 10\.0 \| 20\.0 \| 93 % \| 4 % \| 3 % \| 60 \| 1\.20 \| 100 % \| 40 % \| 30 % /,
    )
    expect(findings(results, 2)).toContain(
      'the primary used 0.50 times the CPU, answers a second were 1.30 times as many',
    )
    expect(loadsOf(results).map(({ atOnce }) => atOnce)).toEqual([32, 256])
  })
})

it('npm run bench:scale takes rounds, and less of everything where it is to be quick', () => {
  expect(readOptions([])).toMatchObject({ rounds: 3, layouts, developments: 5000, command: 'npm run bench:scale' })
  expect(readOptions(['--quick'])).toMatchObject({ rounds: 1, command: 'npm run bench:scale -- --quick' })
  expect(readOptions(['--help'])).toBeUndefined()
  expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds takes whole numbers from 1 to 20, got 0')
})
