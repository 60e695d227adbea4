import { For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { ViewLink } from '../viewLink.tsx'
import { When } from '../when.tsx'
import { type PlaceOf, precisionInWords } from './place.ts'

/** The map to be read or heard instead of looked at. Each place is an item for `j` and `k`. */
export function PlaceTable(props: { of: readonly PlaceOf[] }) {
  return (
    <table class="places">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">How exactly</th>
          <th scope="col">Developments</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.of}>
          {({ place, point, developments }) => (
            <tr data-item tabindex="-1">
              <th scope="row">
                <bdi>{place.name}</bdi>
                <Show when={place.within}>
                  {(around) => (
                    <span class="count">
                      , in <bdi>{around().name}</bdi>
                    </span>
                  )}
                </Show>
              </th>
              <td>
                {precisionInWords(place)}
                {point === null ? '; not drawn, its coordinates are not known' : ''}
              </td>
              <td>
                <ul>
                  <For each={developments}>
                    {({ ref, headline, when }) => (
                      <li class="headline">
                        <ViewLink to={developmentAddress(ref)}>
                          <bdi>{headline}</bdi>
                        </ViewLink>{' '}
                        <When of={when} />
                      </li>
                    )}
                  </For>
                </ul>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}
