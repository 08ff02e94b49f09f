/** What is asked of the map and how it is looked at: read from the form of the page, or an address. */

/** Parameters that decide how one looks, not who is shown. */
const LOOK_NAMES = ["view", "cell", "layer", "limits", "at"];
export const POINTS_VIEW = "points";
export const HEXAGONS_VIEW = "hexagons";

export interface Spot {
  center: [number, number];
  zoom: number;
}

export class Look {
  readonly #query: URLSearchParams;

  constructor(query: URLSearchParams) {
    this.#query = new URLSearchParams([...query].filter(([, value]) => value !== ""));
  }

  /** Who is shown, as an address says it. */
  get wanted(): string {
    return new URLSearchParams([...this.#query].filter(([name]) => !LOOK_NAMES.includes(name))).toString();
  }

  get view(): string {
    return this.#query.get("view") ?? POINTS_VIEW;
  }

  get cell(): string {
    return this.#query.get("cell") ?? "";
  }

  get at(): Spot | undefined {
    const [longitude, latitude, zoom] = (this.#query.get("at") ?? "").split(",").map(Number);
    if (!Number.isFinite(longitude) || !Number.isFinite(latitude) || !Number.isFinite(zoom)) return undefined;
    return { center: [longitude!, latitude!], zoom: zoom! };
  }

  showsLayer(id: number): boolean {
    return !this.#query.has("layer") || this.#query.getAll("layer").includes(String(id));
  }

  showsLimits(level: string): boolean {
    const chosen = this.#query.has("limits") ? this.#query.getAll("limits") : ["department"];
    return level === this.view || chosen.includes(level);
  }

  toString(): string {
    return this.#query.toString();
  }
}

export function lookOf(form: HTMLFormElement): Look {
  const pairs = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return new Look(new URLSearchParams(pairs));
}

export function withQuery(address: string, ...parts: string[]): string {
  const query = parts.filter(Boolean).join("&");
  return query ? `${address}?${query}` : address;
}
