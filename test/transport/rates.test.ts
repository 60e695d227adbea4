import { describe, expect, it } from 'vitest'
import { networkOf } from '../../src/transport/quota.ts'
import { RateCounter } from '../../src/transport/rates.ts'

const MINUTE = 60_000

function counter(reads: number) {
  let now = 1000
  const rates = new RateCounter({ reads, writes: 1, subscribes: 1 }, () => now)
  return {
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    /** How many of as many are let through. */
    ask: (count: number, who = 'a') =>
      Array.from({ length: count }, () => rates.wait('reads', who)).filter((w) => w === 0).length,
    wait: (who = 'a') => rates.wait('reads', who),
    look: () => rates.wait('reads', 'a', true),
  }
}

describe('a rate', () => {
  it.each([1, 7, 60, 6000])('of %i lets a minute’s worth through at once, and then as much in every minute', (rate) => {
    const { ask, pass } = counter(rate)
    expect(ask(rate * 2)).toBe(rate)
    pass(MINUTE)
    expect(ask(rate * 2)).toBe(rate)
    pass(MINUTE / 2)
    expect(ask(rate)).toBe(Math.floor(rate / 2))
  })

  it('says after how long the next one is let through, and is right', () => {
    const { ask, wait, pass } = counter(6)
    ask(6)
    expect(wait()).toBeCloseTo(MINUTE / 6)
    pass(MINUTE / 6)
    expect([wait(), wait() > 0]).toEqual([0, true])
  })

  it('is each one’s own, and looking costs nothing', () => {
    const { ask, look } = counter(2)
    expect([look(), look(), look()]).toEqual([0, 0, 0])
    expect([ask(3, 'a'), ask(3, 'b')]).toEqual([2, 2])
    expect(look()).toBeGreaterThan(0)
  })

  it('does not fill the memory, whoever comes', () => {
    const { ask } = counter(1)
    for (let i = 0; i < 300_000; i++) ask(1, `address ${i}`)
    // Who came last is remembered, who came first is not.
    expect([ask(1, 'address 299999'), ask(1, 'address 0')]).toEqual([0, 1])
  })
})

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
