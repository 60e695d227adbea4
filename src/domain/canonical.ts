/** JSON with sorted keys and without undefined: equal values give equal text, whoever wrote them and in whatever order. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value) items += items === '' ? canonical(item) : `,${canonical(item)}`
    return `[${items}]`
  }
  let members = ''
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key]
    if (member !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonical(member)}`
  }
  return `{${members}}`
}

/** Whether two values have the same canonical JSON, without writing it. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return canonical(a) === canonical(b)
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, i) => isSame(item, b[i]))
  }
  const [left, right] = [a, b] as Record<string, unknown>[]
  const isIn = (object: Record<string, unknown> | undefined, key: string) =>
    Object.hasOwn(object ?? {}, key) && object?.[key] !== undefined
  return (
    Object.keys(a).every((key) => !isIn(left, key) || (isIn(right, key) && isSame(left?.[key], right?.[key]))) &&
    Object.keys(b).every((key) => !isIn(right, key) || isIn(left, key))
  )
}
