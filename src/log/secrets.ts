/** What looks like a secret, and what stands in its place. Nothing of a JSON string's own marks is taken with it. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // Our keys: which one it was may be known.
  [/\bparley_([0-9a-f]{12})_[\w-]+/g, 'parley_$1_***'],
  // JSON Web Tokens (RFC 7519).
  [/\beyJ[\w-]{4,}\.[\w-]+\.[\w-]*/g, '***'],
  [/\b(Bearer|Basic|DPoP) +[^\s"'\\,;]+/gi, '$1 ***'],
  // user:password@ of an address, such as DATABASE_URL.
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:@/"\\]*):[^\s@"\\]+@/gi, '$1:***@'],
  [/\b(password|passwd|pwd|secret|api[_-]?key|access[_-]?token)(\\?["']?\s*[=:]\s*\\?["']?)[^\s"'\\&,;]+/gi, '$1$2***'],
]

/** A line without what looks like a key, a token or a password. */
export function withoutSecrets(line: string): string {
  let text = line
  for (const [form, instead] of secrets) text = text.replace(form, instead)
  return text
}
