import { onCleanup, onMount, Show } from 'solid-js'

/** Loads more as the reader comes near the end, and by a button for whoever does not scroll. */
export function MoreBelow(props: { isThere: boolean; more: () => Promise<void> }) {
  let end!: HTMLDivElement
  const isNear = () => end.getBoundingClientRect().top < window.innerHeight + 600
  // Near once and again: until the end is out of sight or nothing more comes.
  const fill = async () => {
    while (props.isThere && isNear()) {
      const before = end.getBoundingClientRect().top
      await props.more()
      if (end.getBoundingClientRect().top === before) return
    }
  }
  const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fill(), {
    rootMargin: '0px 0px 600px',
  })
  onMount(() => observer.observe(end))
  onCleanup(() => observer.disconnect())
  return (
    <div ref={end} class="more">
      <Show when={props.isThere}>
        <button type="button" onClick={() => void props.more()}>
          Older
        </button>
      </Show>
    </div>
  )
}
