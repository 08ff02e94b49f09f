/** What the picture is drawn from (README.md): columns of organisations and of ties. */

export interface Feed {
  ids: string[];
  names: string[];
  types: number[];
  communities: number[];
  x: (number | null)[];
  y: (number | null)[];
  tails: number[];
  heads: number[];
  kinds: number[];
  since: (number | null)[];
  until: (number | null)[];
  groups: string[];
  left_out: number;
}

export interface Labels {
  types: string[];
  kinds: string[];
  kind_values: string[];
}

export async function loadFeed(box: HTMLElement, query: string): Promise<Feed> {
  const address = (box.dataset["url"] ?? "") + (query ? `?${query}` : "");
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`network: ${response.status}`);
  return (await response.json()) as Feed;
}

export function labelsOf(box: HTMLElement): Labels {
  return JSON.parse(box.dataset["labels"] ?? "{}") as Labels;
}
