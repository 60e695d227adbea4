import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js'

/** How wide an element is, in pixels, as long as it is there; 0: it is not yet. */
export function createWidth(element: Accessor<HTMLElement>): Accessor<number> {
  const [width, setWidth] = createSignal(0)
  const observer = new ResizeObserver(() => setWidth(element().clientWidth))
  onMount(() => {
    setWidth(element().clientWidth)
    observer.observe(element())
  })
  onCleanup(() => observer.disconnect())
  return width
}
