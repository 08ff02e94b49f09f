/** Where the map gets its things from: the addresses that its element carries. */
import type { FeatureCollection } from "geojson";
import type { Layer, Limits, Name } from "./furniture.ts";
import { type Points, readPoints } from "./points.ts";
import { withQuery } from "./look.ts";

export class Feeds {
  readonly #element: HTMLElement;
  readonly credentials: RequestCredentials;

  /** A map inside somebody else's page asks as a stranger: without cookies. */
  constructor(element: HTMLElement, credentials: RequestCredentials) {
    this.#element = element;
    this.credentials = credentials;
  }

  get limits(): Limits[] {
    return this.#list<Limits>("limits");
  }

  get layers(): Layer[] {
    return this.#list<Layer>("layers");
  }

  get kinds(): string[] {
    return this.#list<string>("kinds");
  }

  get label(): string {
    return this.#element.dataset["label"] ?? "";
  }

  get countriesUrl(): string {
    return new URL(this.#element.dataset["countriesUrl"] ?? "", location.href).href;
  }

  async countries(): Promise<FeatureCollection> {
    return (await this.#get("countriesUrl")).json();
  }

  async points(wanted: string): Promise<Points> {
    return readPoints(await (await this.#get("pointsUrl", wanted)).arrayBuffer());
  }

  async names(): Promise<Name[]> {
    return (await this.#get("namesUrl")).json();
  }

  async areas(level: string, wanted: string): Promise<Record<string, [number, number]>> {
    const address = (this.#element.dataset["areasUrl"] ?? "").replace("level", level);
    const answer = (await (await this.fetch(withQuery(address, wanted))).json()) as { areas: Record<string, [number, number]> };
    return answer.areas;
  }

  hexagons(wanted: string, cell: string): string {
    const address = this.#element.dataset["hexagonsUrl"] ?? "";
    return new URL(withQuery(address, wanted, cell ? `cell=${cell}` : ""), location.href).href;
  }

  /** What stands behind a point, as a fragment of the page. */
  async actor(key: number): Promise<string> {
    const address = (this.#element.dataset["actorUrl"] ?? "").replace(/0(?=\D*$)/, String(key));
    return (await this.fetch(address)).text();
  }

  async list(wanted: string, box: string, signal: AbortSignal): Promise<string> {
    const address = withQuery(this.#element.dataset["listUrl"] ?? "", wanted, `box=${box}`);
    return (await this.fetch(address, signal)).text();
  }

  async fetch(address: string, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(address, { credentials: this.credentials, ...(signal ? { signal } : {}) });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response;
  }

  #get(name: string, query = ""): Promise<Response> {
    return this.fetch(withQuery(this.#element.dataset[name] ?? "", query));
  }

  #list<T>(name: string): T[] {
    const found = JSON.parse(this.#element.dataset[name] ?? "[]") as (T & { url?: string })[];
    for (const one of found) if (one && typeof one === "object" && one.url) one.url = new URL(one.url, location.href).href;
    return found;
  }
}
