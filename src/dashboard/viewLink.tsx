import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { seenFrom, useViewpoint } from './viewpoint.ts'

/** A link to a view, which keeps the day that is looked at. */
export function ViewLink(props: { to: string; class?: string; end?: boolean; children: JSX.Element }) {
  const { day } = useViewpoint()
  return (
    <A href={seenFrom(props.to, day())} class={props.class ?? ''} end={props.end ?? true}>
      {props.children}
    </A>
  )
}
