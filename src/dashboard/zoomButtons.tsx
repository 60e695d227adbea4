import { STEP } from './zoomKeys.ts'

/** Looks more closely, or from further away. */
export function ZoomButtons(props: { by: (factor: number) => void }) {
  return (
    <>
      <button type="button" onClick={() => props.by(STEP)} aria-label="Look more closely" title="Closer (+)">
        +
      </button>
      <button type="button" onClick={() => props.by(1 / STEP)} aria-label="Look from further away" title="Further (-)">
        −
      </button>
    </>
  )
}
