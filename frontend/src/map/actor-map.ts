/** One map: actors by kind in clusters that open, or their density, over what the team has added. */
import {
  type GeoJSONSource,
  type LngLatLike,
  Map as MapLibre,
  type MapMouseEvent,
  NavigationControl,
  Popup,
} from "maplibre-gl";
import type { FeatureCollection, Point } from "geojson";
import { word } from "../behaviours/words.ts";
import type { Feeds } from "./feeds.ts";
import { FONT, layerSource, markImage, nameFeatures, shading } from "./furniture.ts";
import { legend } from "./legend.ts";
import { HEXAGONS_VIEW, type Look, POINTS_VIEW } from "./look.ts";
import { type Palette, palette } from "./palette.ts";
import { type Bounds, Groups } from "./groups.ts";
import { boundsOf, indexOf, type Points } from "./points.ts";
import { CLUSTERS, clusterImage, type Content, HEXAGONS, NOTHING, POINTS, SOURCE, SPOT, style } from "./style.ts";

const COUNT = /^count-(\d+)$/;
const MARK = /^mark-(\w+)$/;
const CLOSE_ZOOM = 13;
const USUAL = { center: [-71.5, -16.4] as [number, number], zoom: 5 };
const FIT = { padding: 60, maxZoom: 9, animate: false };

export class ActorMap {
  readonly map: MapLibre;
  readonly #element: HTMLElement;
  readonly #feeds: Feeds;
  readonly #content: Content;
  #look: Palette;
  #asked: Look;
  #points: Points | undefined;
  #groups: Groups | undefined;
  #drawn: { level: number; bounds: Bounds } | undefined;
  #wanted: string | undefined;
  #kinds: Set<number> | undefined;
  #popup: Popup | undefined;
  /** Told which actor was chosen on the map. */
  onChoice: ((key: number) => void) | undefined;

  constructor(element: HTMLElement, feeds: Feeds, asked: Look) {
    this.#element = element;
    this.#feeds = feeds;
    this.#asked = asked;
    this.#look = palette(element);
    this.#content = {
      countries: feeds.countriesUrl, actors: NOTHING, hexagons: NOTHING, names: NOTHING, spot: NOTHING,
      limits: [], layers: [], shaded: undefined,
    };
    this.#choose();
    this.map = this.#draw();
    this.#listen();
    this.map.once("idle", () => void this.#name());
  }

  /** Show what is asked for now; the points are fetched only if others are wanted. */
  async show(asked: Look): Promise<void> {
    this.#asked = asked;
    this.#choose();
    const { wanted, view } = asked;
    this.#content.hexagons = view === HEXAGONS_VIEW ? this.#feeds.hexagons(wanted, asked.cell) : NOTHING;
    if (this.#wanted !== wanted) {
      const points = await this.#feeds.points(wanted);
      if (this.#asked !== asked) return; // somebody asked for something else meanwhile
      this.#wanted = wanted;
      this.#points = points;
      this.#groups = new Groups(points);
      this.#kinds = legend(this.#element, this.#feeds.kinds, points, (kinds) => {
        this.#kinds = kinds;
        this.#regroup();
      });
      performance.mark("minka:map-points");
      const bounds = boundsOf(points);
      if (!asked.at && bounds) this.map.fitBounds(bounds, FIT);
    }
    const kinds = this.#element.parentElement?.querySelector<HTMLElement>(".map-legend");
    if (kinds) kinds.hidden = view !== POINTS_VIEW; // colours of points alone
    this.#content.actors = this.#actors();
    performance.mark("minka:map-features");
    this.#content.shaded = await this.#shaded(asked);
    if (this.#asked === asked) this.#restyle();
  }

  /** Whether organisations are on the picture, one by one or together. */
  get showsActors(): boolean {
    const there = [CLUSTERS, POINTS].filter((layer) => this.map.getLayer(layer)); // none while a theme changes
    return there.length > 0 && this.map.queryRenderedFeatures({ layers: there }).length > 0;
  }

  /** Go to an actor of the list and tell of it. */
  async visit(key: number): Promise<boolean> {
    const at = this.#where(key);
    if (!at) return false;
    this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 10) });
    await this.#tell(key, at);
    return true;
  }

  /** Put a ring around an actor, or around none. */
  point(key: number | undefined): void {
    const at = key === undefined ? undefined : this.#where(key);
    this.#content.spot = at
      ? { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }] }
      : NOTHING;
    this.map.getSource<GeoJSONSource>(SPOT)?.setData(this.#content.spot);
  }

  #choose(): void {
    this.#content.limits = this.#feeds.limits.filter((set) => this.#asked.showsLimits(set.level));
    this.#content.layers = this.#feeds.layers.filter((layer) => this.#asked.showsLayer(layer.id));
  }

  /** What is to be drawn of the points here and around, so that a short move asks for nothing. */
  #actors(): FeatureCollection {
    if (this.#asked.view !== POINTS_VIEW || !this.#groups) return NOTHING;
    const level = Math.floor(this.map.getZoom());
    const seen = this.#seen();
    const [wide, high] = [seen[2] - seen[0], seen[3] - seen[1]];
    const bounds: Bounds = [seen[0] - wide, seen[1] - high, seen[2] + wide, seen[3] + high];
    this.#drawn = { level, bounds };
    return this.#groups.at(level, bounds, this.#kinds ?? new Set());
  }

  #regroup(): void {
    this.#content.actors = this.#actors();
    this.#source()?.setData(this.#content.actors);
  }

  /** Group anew where another zoom or another part of the world came into sight. */
  #follow(): void {
    if (!this.#drawn) return;
    const [seen, { level, bounds }] = [this.#seen(), this.#drawn];
    const inside = seen[0] >= bounds[0] && seen[1] >= bounds[1] && seen[2] <= bounds[2] && seen[3] <= bounds[3];
    if (!inside || level !== Math.floor(this.map.getZoom())) this.#regroup();
  }

  #seen(): Bounds {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  async #shaded(asked: Look): Promise<Content["shaded"]> {
    const limits = this.#content.limits.find((set) => set.level === asked.view);
    if (!limits) return undefined;
    return { limits, fill: shading(await this.#feeds.areas(asked.view, asked.wanted), this.#look) };
  }

  #restyle(): void {
    this.map.setStyle(style(this.#look, this.#content));
  }

  #draw(): MapLibre {
    const map = new MapLibre({
      container: this.#element,
      style: style(this.#look, this.#content),
      ...(this.#asked.at ?? USUAL),
      minZoom: 1,
      maxZoom: 16,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: false,
      fadeDuration: 0,
      localIdeographFontFamily: `"${FONT}", sans-serif`,
      locale: {
        "NavigationControl.ZoomIn": word("zoomIn"),
        "NavigationControl.ZoomOut": word("zoomOut"),
        "Map.Title": this.#feeds.label,
        "Popup.Close": word("close"),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.setMissingStyleImageResolver((id) => {
      if (map.hasImage(id)) return;
      const count = COUNT.exec(id)?.[1];
      const mark = MARK.exec(id)?.[1];
      if (count) map.addImage(id, clusterImage(Number(count), this.#look), { pixelRatio: 2 });
      else if (mark) map.addImage(id, markImage(mark, this.#look), { pixelRatio: 2 });
    });
    return map;
  }

  /** Names come last: nobody waits for them. */
  async #name(): Promise<void> {
    const [names, countries] = await Promise.all([
      this.#feeds.names().catch(() => []),
      this.#feeds.countries(),
      document.fonts.load(`13px "${FONT}"`),
    ]);
    this.#content.names = nameFeatures(names, countries);
    this.map.getSource<GeoJSONSource>("names")?.setData(this.#content.names);
  }

  #listen(): void {
    const { map } = this;
    map.on("click", (event) => void this.#click(event));
    map.on("move", () => this.#follow());
    for (const layer of [CLUSTERS, POINTS, HEXAGONS]) {
      map.on("mouseenter", layer, () => map.getCanvas().classList.add("pointing"));
      map.on("mouseleave", layer, () => map.getCanvas().classList.remove("pointing"));
    }
    const recolour = () => {
      this.#look = palette(this.#element);
      void this.#shaded(this.#asked).then((shaded) => {
        this.#content.shaded = shaded;
        map.setStyle(style(this.#look, this.#content), { diff: false });
      });
    };
    document.addEventListener("minka:theme", recolour);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const drawn = (layers: string[]) =>
      this.map.queryRenderedFeatures(event.point, { layers: layers.filter((id) => this.map.getLayer(id)) })[0];
    const actor = drawn([CLUSTERS, POINTS]);
    if (actor) {
      const at = (actor.geometry as Point).coordinates as [number, number];
      if (actor.properties["count"] === undefined) return this.#tell(Number(actor.properties["key"]), at);
      const box = this.#groups?.box(Number(actor.properties["group"]));
      if (box) this.map.fitBounds(box, { padding: 60, maxZoom: Math.min(CLOSE_ZOOM, this.map.getZoom() + 4) });
      return;
    }
    const layers = this.#content.layers.flatMap((layer) => ["point", "line", "fill"].map((part) => `${layerSource(layer)}-${part}`));
    const thing = drawn(layers);
    const layer = thing && this.#content.layers.find((one) => layerSource(one) === thing.source);
    if (thing && layer) return this.#say(event.lngLat, String(thing.properties["name"] || layer.name), layer.name);
    const cell = drawn([HEXAGONS]);
    if (cell) this.#say(event.lngLat, `${Number(cell.properties["count"]).toLocaleString("en")} ${this.#element.dataset["cluster"]}`);
  }

  #source(): GeoJSONSource | undefined {
    return this.map.getSource(SOURCE);
  }

  #where(key: number): [number, number] | undefined {
    const index = this.#points ? indexOf(this.#points, key) : -1;
    if (!this.#points || index < 0) return undefined;
    return [this.#points.lonLat[2 * index]!, this.#points.lonLat[2 * index + 1]!];
  }

  async #tell(key: number, at: [number, number]): Promise<void> {
    this.onChoice?.(key);
    this.point(key);
    const told = document.createElement("div");
    told.innerHTML = await this.#feeds.actor(key);
    if (this.#feeds.credentials === "omit")
      for (const link of told.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noopener" });
    this.#open(at, told);
  }

  #say(at: LngLatLike, ...lines: string[]): void {
    const told = document.createElement("div");
    for (const text of new Set(lines)) {
      const line = document.createElement("p");
      line.textContent = text;
      told.append(line);
    }
    this.#open(at, told);
  }

  #open(at: LngLatLike, told: HTMLElement): void {
    this.#popup?.remove();
    this.#popup = new Popup({ maxWidth: "18rem", focusAfterOpen: true }).setLngLat(at).setDOMContent(told).addTo(this.map);
    this.#popup.once("close", () => this.point(undefined));
  }
}
