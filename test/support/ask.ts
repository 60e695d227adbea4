/** Asks a server by HTTP. */
export async function ask<Data>(
  url: string,
  query: string,
  variables: object = {},
  headers: { [name: string]: string } = {},
): Promise<{ data: Data; errors?: { message: string; extensions?: { [name: string]: string } }[] }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return response.json() as never
}

/** The beginning of a server's feed: after it comes everything. */
export async function originOf({ url }: { readonly url: string }): Promise<string> {
  const { data } = await ask<{ feedHead: { origin: string } }>(url, '{ feedHead { origin } }')
  return data.feedHead.origin
}
