import { geoContains, geoNaturalEarth1, geoPath } from 'd3-geo'
import { scaleSqrt } from 'd3-scale'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { createWidth } from '../width.ts'
import { ZoomButtons } from '../zoomButtons.tsx'
import { zoomKeys } from '../zoomKeys.ts'
import { createMapZoom } from './mapZoom.ts'
import { namedSpots } from './names.ts'
import { type Detail, loadOutline, type Outline } from './outline.ts'
import { extentOf, type PlaceOf, precisionInWords } from './place.ts'

type DrawnPlace = PlaceOf & { readonly point: readonly [number, number] }

/** From how close on the finer outline is worth its size. */
const FINE_FROM = 3
const LETTER = 7.5

/** The places on the earth's outline: the more developments, the larger. */
export function WorldMap(props: {
  of: readonly PlaceOf[]
  selected: string | undefined
  onPoint: (ref: string | undefined) => void
  onSelect: (ref: string) => void
}) {
  let surface!: HTMLElement
  const width = createWidth(() => surface)
  const size = createMemo(() => [width(), Math.round(Math.max(200, Math.min(width() * 0.52, 560)))] as const)
  const projection = createMemo(() => geoNaturalEarth1().fitSize([...size()], { type: 'Sphere' }))
  const map = createMapZoom(() => surface, size)

  const [outline, setOutline] = createSignal<Outline>()
  const [isMissing, setMissing] = createSignal(false)
  const detail = createMemo<Detail>((before) => (map.transform().k >= FINE_FROM ? 'fine' : before), 'coarse')
  createEffect(() => {
    loadOutline(detail()).then(
      (loaded) => setOutline(() => loaded),
      () => setMissing(true),
    )
  })

  const drawn = createMemo(() => props.of.filter((place): place is DrawnPlace => place.point !== null))
  const at = ({ point }: DrawnPlace) => projection()([...point]) ?? [0, 0]
  const showAll = () => map.fit(drawn().map(at))
  // Once there is room; afterwards the reader moves it.
  createEffect(on(width, (pixels) => pixels > 0 && showAll()))
  const path = createMemo(() => geoPath(projection()))
  const shaded = createMemo(() => {
    const countries = outline()?.countries.features ?? []
    const centres = drawn().filter(({ place }) => extentOf(place) === 'country')
    return countries.filter((country) => centres.some(({ point }) => geoContains(country, [...point])))
  })

  const radius = createMemo(() =>
    scaleSqrt([1, Math.max(2, ...drawn().map(({ developments }) => developments.length))], [12, 26]),
  )
  const spots = createMemo(() =>
    drawn().map((place) => {
      const [x, y] = map.transform().apply(at(place) as [number, number])
      const { ref, name } = place.place
      return { ref, x, y, radius: radius()(place.developments.length), nameWidth: (name.length + 3) * LETTER }
    }),
  )
  const names = createMemo(() => namedSpots(spots(), width()))
  const byRef = createMemo(() => new Map(drawn().map((place) => [place.place.ref, place])))
  const spotOf = createMemo(() => new Map(spots().map((spot) => [spot.ref, spot])))
  // By ref, so that a mark stays the same element while it moves, and keeps the focus.
  const refs = createMemo(() => [...byRef().keys()])
  const keys = zoomKeys({
    by: map.by,
    right: (share) => map.move(share, 0),
    down: (share) => map.move(0, share),
    whole: map.whole,
  })
  return (
    <div class="map">
      <div class="filters zooming">
        <ZoomButtons by={map.by} />
        <button type="button" class="quiet" onClick={map.whole}>
          The world
        </button>
        <button type="button" class="quiet" onClick={showAll}>
          All places
        </button>
      </div>
      <section
        class="world"
        ref={surface}
        aria-label="Map; plus and minus zoom, the arrows move, 0 shows the world"
        tabindex="0"
        onKeyDown={keys}
      >
        <svg width={size()[0]} height={size()[1]} aria-hidden="true">
          <Show when={outline()}>
            {(loaded) => (
              <g transform={map.transform().toString()}>
                <path class="land" d={path()(loaded().land) ?? ''} />
                <For each={shaded()}>{(country) => <path class="somewhere" d={path()(country) ?? ''} />}</For>
                <path class="borders" d={path()(loaded().borders) ?? ''} />
              </g>
            )}
          </Show>
        </svg>
        <For each={refs()}>
          {(ref) => (
            <Show when={byRef().get(ref)}>
              {(place) => (
                <Show when={spotOf().get(ref)}>
                  {(spot) => (
                    <button
                      type="button"
                      class={`spot ${extentOf(place().place)}`}
                      data-place={ref}
                      style={{
                        left: `${spot().x}px`,
                        top: `${spot().y}px`,
                        width: `${2 * spot().radius}px`,
                        height: `${2 * spot().radius}px`,
                      }}
                      aria-pressed={props.selected === ref}
                      onClick={() => props.onSelect(ref)}
                      onPointerEnter={() => props.onPoint(ref)}
                      onPointerLeave={() => props.onPoint(undefined)}
                      onFocus={() => props.onPoint(ref)}
                      onBlur={() => props.onPoint(undefined)}
                    >
                      <Show
                        when={names().get(ref)}
                        fallback={
                          <>
                            <span class="unseen">{place().place.name} </span>
                            {place().developments.length}
                          </>
                        }
                      >
                        {(side) => (
                          <span class={`spot-name ${side()}`}>
                            <bdi>{place().place.name}</bdi> <span class="count">{place().developments.length}</span>
                          </span>
                        )}
                      </Show>
                      <span class="unseen">
                        {' '}
                        {place().developments.length === 1 ? 'development' : 'developments'},{' '}
                        {precisionInWords(place().place)}
                      </span>
                    </button>
                  )}
                </Show>
              )}
            </Show>
          )}
        </For>
      </section>
      <Show when={isMissing()}>
        <p class="problem">The outlines of the countries could not be loaded.</p>
      </Show>
      <p class="legend">
        <span class="point">a point that is known</span> <span class="area">somewhere around</span>{' '}
        <span class="country">somewhere in the shaded country</span>
      </p>
      <p class="count source">Outlines: Natural Earth. Borders are as it has them, and decide nothing.</p>
    </div>
  )
}
