/** Boundaries before they are on the map: shapes and nothing else. */
import { LngLatBounds, Map as MapLibre, NavigationControl } from "maplibre-gl";
import type { FeatureCollection, Position } from "geojson";
import { notice, word } from "../behaviours/words.ts";
import type { Feeds } from "./feeds.ts";
import { palette } from "./palette.ts";

export async function preview(element: HTMLElement, feeds: Feeds, countries: FeatureCollection): Promise<void> {
  const shapes = (await (await feeds.fetch(element.dataset["bareUrl"] ?? "")).json()) as FeatureCollection;
  const look = palette(element);
  const bounds = new LngLatBounds();
  const extend = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") bounds.extend(part as Position as [number, number]);
    else part.forEach(extend);
  };
  for (const { geometry } of shapes.features) extend((geometry as { coordinates: unknown }).coordinates);
  try {
    const map = new MapLibre({
      container: element,
      bounds,
      fitBoundsOptions: { padding: 24 },
      attributionControl: false,
      dragRotate: false,
      fadeDuration: 0,
      locale: { "NavigationControl.ZoomIn": word("zoomIn"), "NavigationControl.ZoomOut": word("zoomOut"), "Map.Title": feeds.label },
      style: {
        version: 8,
        sources: { countries: { type: "geojson", data: countries }, shapes: { type: "geojson", data: shapes } },
        layers: [
          { id: "sea", type: "background", paint: { "background-color": look.sea } },
          { id: "land", type: "fill", source: "countries", paint: { "fill-color": look.land } },
          {
            id: "shapes",
            type: "fill",
            source: "shapes",
            paint: { "fill-color": ["case", [">", ["get", "place"], 0], look.shades[1]!, look.cluster], "fill-opacity": 0.8 },
          },
          { id: "lines", type: "line", source: "shapes", paint: { "line-color": look.ink, "line-width": 0.7 } },
        ],
      },
    });
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  } catch {
    element.replaceChildren(notice(word("noMap"), "warn"));
  }
}
