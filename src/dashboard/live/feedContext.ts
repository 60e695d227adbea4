import { createContext, useContext } from 'solid-js'
import type { PageFeed } from './feed.ts'

export const FeedContext = createContext<PageFeed>()

/** The page's feed. */
export function useFeed(): PageFeed {
  const feed = useContext(FeedContext)
  if (feed === undefined) throw new Error('A view stands outside of the page.')
  return feed
}
