// Line ends of every kind, and what moves a terminal's cursor or changes its colours.
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu

/** A text with its control characters as JSON would escape them. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
