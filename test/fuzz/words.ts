/** What a run knows of the record that it attacks, so that a part of what it sends is found there. */
export interface Lexicon {
  /** Refs, names and other words of the record. */
  readonly words: readonly string[]
  readonly ids: readonly string[]
  /** Cursors of the feed and of pages. */
  readonly cursors: readonly string[]
}

const encoded = (text: string) => Buffer.from(text).toString('base64url')

/** Texts that are seldom what a reader of text expects. */
export const oddTexts: readonly string[] = [
  ...['Actor:\u0000', 'Development:', 'Revision:9999999999999999999', 'Revision:-1', 'Report:\ud800', 'Nope:1'].map(
    encoded,
  ),
  ...['[]', '[null]', '{"a":1}', '1:00', '99999999999:zz', '-1.5'].map(encoded),
  '',
  ' ',
  '\u0000',
  '\u0007\u001b[31m',
  '\ud800',
  'a\udc00b',
  '\ufeffBOM',
  '\u202egnirts',
  'ﷺ🏳️‍🌈é',
  '\r\nx-injected: 1',
  "'; --",
  '%00%ff%',
  '$1 \\ $& {{x}}',
  '=1+1',
  '__proto__',
  'constructor',
  'toString',
  '../../..',
  'NaN',
  '-1',
  '1e400',
  '0000-00-00',
  '2023-02-30',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.001Z',
  '2023-12-07T24:00:00+99:99',
  'x'.repeat(501),
  'é'.repeat(5000),
  'word '.repeat(200),
  '('.repeat(300),
  '"'.repeat(7),
  '*',
  'OR OR - -',
]

/** Numbers at the edges of what counts, positions and coordinates may be. */
export const oddNumbers: readonly number[] = [
  0, -0, -1, 0.5, 1e-320, 101, 32_768, 2_147_483_647, 2_147_483_648, -2_147_483_649, 9_007_199_254_740_992, 1e21,
  1.7976931348623157e308,
]
