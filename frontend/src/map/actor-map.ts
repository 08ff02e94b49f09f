/** One map: points by kind, clusters that open, a popup that leads to the actor, a legend that filters. */
import {
  AttributionControl,
  type GeoJSONSource,
  Map as MapLibre,
  type MapMouseEvent,
  NavigationControl,
  Popup,
} from "maplibre-gl";
import type { FeatureCollection, Point } from "geojson";
import { word } from "../behaviours/words.ts";
import { legend } from "./legend.ts";
import { type Palette, palette } from "./palette.ts";
import { boundsOf, type Points, toGeoJson } from "./points.ts";
import { CLUSTERS, clusterImage, POINTS, SOURCE, style } from "./style.ts";

const IMAGE = /^count-(\d+)$/;
const CLOSE_ZOOM = 13;

export class ActorMap {
  readonly #element: HTMLElement;
  readonly #points: Points;
  readonly #countries: FeatureCollection;
  readonly #map: MapLibre;
  #look: Palette;
  #shown: Set<number>;
  #popup: Popup | undefined;

  constructor(element: HTMLElement, points: Points, countries: FeatureCollection) {
    this.#element = element;
    this.#points = points;
    this.#countries = countries;
    this.#look = palette(element);
    const kinds = JSON.parse(element.dataset["kinds"] ?? "[]") as string[];
    this.#shown = new Set(kinds.keys());
    this.#map = this.#draw();
    legend(element, kinds, points, (shown) => {
      this.#shown = shown;
      this.#source()?.setData(toGeoJson(points, shown));
    });
    this.#listen();
  }

  #draw(): MapLibre {
    const bounds = boundsOf(this.#points);
    const map = new MapLibre({
      container: this.#element,
      style: style(this.#look, this.#countries, toGeoJson(this.#points, this.#shown)),
      ...(bounds ? { bounds, fitBoundsOptions: { padding: 60, maxZoom: 9 } } : { center: [-71.5, -16.4], zoom: 5 }),
      minZoom: 2,
      maxZoom: 16,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: false,
      fadeDuration: 0,
      locale: {
        "NavigationControl.ZoomIn": word("zoomIn"),
        "NavigationControl.ZoomOut": word("zoomOut"),
        "Map.Title": this.#element.dataset["label"] ?? "",
        "Popup.Close": word("close"),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new AttributionControl({ compact: false, customAttribution: "Natural Earth" }));
    return map;
  }

  #listen(): void {
    const map = this.#map;
    map.setMissingStyleImageResolver((id) => {
      const count = IMAGE.exec(id)?.[1];
      if (count && !map.hasImage(id)) map.addImage(id, clusterImage(Number(count), this.#look), { pixelRatio: 2 });
    });
    map.on("click", CLUSTERS, (event) => void this.#open(event));
    map.on("click", POINTS, (event) => {
      const feature = map.queryRenderedFeatures(event.point, { layers: [POINTS] })[0];
      if (feature) void this.#tell(Number(feature.properties["key"]), (feature.geometry as Point).coordinates as [number, number]);
    });
    for (const layer of [CLUSTERS, POINTS]) {
      map.on("mouseenter", layer, () => map.getCanvas().classList.add("pointing"));
      map.on("mouseleave", layer, () => map.getCanvas().classList.remove("pointing"));
    }
    const recolour = () => {
      this.#look = palette(this.#element);
      map.setStyle(style(this.#look, this.#countries, toGeoJson(this.#points, this.#shown)), { diff: false });
    };
    document.addEventListener("minka:theme", recolour);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
    document.addEventListener("click", (event) => this.#showFromTable(event));
  }

  #source(): GeoJSONSource | undefined {
    return this.#map.getSource(SOURCE);
  }

  async #open(event: MapMouseEvent): Promise<void> {
    const feature = this.#map.queryRenderedFeatures(event.point, { layers: [CLUSTERS] })[0];
    const source = this.#source();
    if (!feature || !source) return;
    const zoom = await source.getClusterExpansionZoom(Number(feature.properties["cluster_id"]));
    const center = (feature.geometry as Point).coordinates as [number, number];
    this.#map.easeTo({ center, zoom: Math.min(zoom + 0.2, CLOSE_ZOOM) });
  }

  /** A link of the table, `<a data-map-show="key">`, shows its actor on the map. */
  #showFromTable(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLElement>("[data-map-show]");
    const index = this.#points.keys.indexOf(Number(link?.dataset["mapShow"]));
    if (!link || index < 0) return;
    event.preventDefault();
    const at: [number, number] = [this.#points.lonLat[2 * index]!, this.#points.lonLat[2 * index + 1]!];
    this.#element.scrollIntoView({ block: "nearest" });
    this.#map.easeTo({ center: at, zoom: Math.max(this.#map.getZoom(), 10) });
    void this.#tell(this.#points.keys[index]!, at);
  }

  async #tell(key: number, at: [number, number]): Promise<void> {
    const address = (this.#element.dataset["actorUrl"] ?? "").replace(/0(?=\D*$)/, String(key));
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!response.ok) return;
    this.#popup?.remove();
    this.#popup = new Popup({ maxWidth: "18rem", focusAfterOpen: true })
      .setLngLat(at)
      .setHTML(await response.text())
      .addTo(this.#map);
  }
}
