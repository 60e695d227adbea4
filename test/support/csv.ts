/** Reads CSV as RFC 4180 has it, by its header row: of our own, so that what writes it does not vouch for itself. */
export function csvRows(text: string): { [column: string]: string | undefined }[] {
  const records: string[][] = [[]]
  let at = 0
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"/y
    const plain = /[^",\r\n]*/y
    quoted.lastIndex = at
    plain.lastIndex = at
    const cell = quoted.exec(text) ?? plain.exec(text)
    const [raw, inner] = cell as RegExpExecArray
    records.at(-1)?.push(inner === undefined ? (raw as string) : inner.replaceAll('""', '"'))
    at += (raw as string).length
    if (text.startsWith('\r\n', at)) {
      at += 2
      records.push([])
    } else if (text[at] === ',') at++
    else if (at < text.length) throw new Error(`No CSV at ${at}: ${text.slice(at, at + 40)}`)
  }
  const [names = [], ...rows] = records.filter((record) => record.length > 0)
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
}
