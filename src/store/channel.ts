/** The channel on which a commit tells the tails that there is something to read. A lost notice costs latency only. */
export const channel = 'parley_feed'
