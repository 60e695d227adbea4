/**
 * Whether something that happens to what can be zoomed means to zoom or to move it: the wheel, a drag, two fingers. One
 * finger is left to the page, which it scrolls.
 */
export function isGesture(event: MouseEvent | WheelEvent | TouchEvent): boolean {
  if ('touches' in event) return event.touches.length > 1
  return event.type === 'wheel' || (!event.ctrlKey && event.button === 0)
}
