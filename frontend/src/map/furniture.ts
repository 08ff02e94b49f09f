/** Boundaries, layers of the team and names: what lies around the actors, as MapLibre wants it. */
import type { FeatureCollection } from "geojson";
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { language } from "../behaviours/words.ts";
import type { Palette } from "./palette.ts";

export interface Limits {
  id: number;
  level: string;
  url: string;
}

export interface Layer {
  id: number;
  name: string;
  category: string;
  url: string;
}

/** Level, name, longitude, latitude: as `data-names-url` answers. */
export type Name = [string, string, number, number];

export const NAMES = "names";
export const FONT = "Inter Variable";
const NAMES_FROM_ZOOM: Record<string, number> = { country: 2, department: 4.4, city: 6, province: 7, district: 9.5 };
const WIDTH_OF_LEVEL: Record<string, number> = { department: 1.2, province: 0.8, district: 0.5 };
const IN_ORDER = Object.keys(NAMES_FROM_ZOOM);

export const limitsSource = (set: Limits) => `limits-${set.id}`;
export const layerSource = (layer: Layer) => `layer-${layer.id}`;

/** The colour of each class; a place that is in none stays as it is. */
export function shading(areas: Record<string, [number, number]>, look: Palette): ExpressionSpecification | string {
  const pairs = Object.entries(areas).flatMap(([place, [, shade]]) => [Number(place), look.shades[shade] ?? look.land]);
  if (pairs.length === 0) return "rgba(0,0,0,0)";
  return ["match", ["get", "place"], ...pairs, "rgba(0,0,0,0)"] as unknown as ExpressionSpecification;
}

export function limitsLayers(set: Limits, look: Palette): LayerSpecification[] {
  const source = limitsSource(set);
  return [
    {
      id: `${source}-line`,
      type: "line",
      source,
      paint: { "line-color": look.border, "line-width": WIDTH_OF_LEVEL[set.level] ?? 1, "line-opacity": 0.75 },
    },
  ];
}

export function shadedLayer(set: Limits, fill: ExpressionSpecification | string): LayerSpecification {
  const source = limitsSource(set);
  return { id: `${source}-fill`, type: "fill", source, paint: { "fill-color": fill, "fill-opacity": 0.9 } };
}

export function teamLayers(layer: Layer, look: Palette): LayerSpecification[] {
  const source = layerSource(layer);
  const color = look.marks[layer.category] ?? look.ink;
  return [
    {
      id: `${source}-fill`,
      type: "fill",
      source,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": color, "fill-opacity": 0.18 },
    },
    {
      id: `${source}-line`,
      type: "line",
      source,
      filter: ["!=", ["geometry-type"], "Point"],
      paint: {
        "line-color": color,
        "line-width": layer.category === "corridor" ? 3 : 2,
        ...(layer.category === "rail" ? { "line-dasharray": [3, 2] } : {}),
      },
    },
    {
      id: `${source}-point`,
      type: "symbol",
      source,
      filter: ["==", ["geometry-type"], "Point"],
      layout: { "icon-image": `mark-${layer.category}`, "icon-allow-overlap": true },
    },
  ];
}

export function nameFeatures(names: Name[], countries: FeatureCollection): FeatureCollection {
  const regions = new Intl.DisplayNames([language], { type: "region" });
  const all: Name[] = [
    ...countries.features.map(({ properties }): Name => {
      const [longitude, latitude] = properties?.["at"] as [number, number];
      return ["country", regions.of(String(properties?.["code"])) ?? "", longitude, latitude];
    }),
    ...names,
  ];
  return {
    type: "FeatureCollection",
    features: all.map(([level, name, longitude, latitude]) => ({
      type: "Feature",
      properties: { name, level, from: NAMES_FROM_ZOOM[level] ?? 9, order: IN_ORDER.indexOf(level) },
      geometry: { type: "Point", coordinates: [longitude, latitude] },
    })),
  };
}

/** Without `glyphs` MapLibre draws letters with a font of the page. */
export function namesLayer(look: Palette): LayerSpecification {
  return {
    id: NAMES,
    type: "symbol",
    source: NAMES,
    filter: [">=", ["zoom"], ["get", "from"]],
    layout: {
      "text-field": ["get", "name"],
      "text-font": [FONT, "sans-serif"],
      "text-size": ["match", ["get", "level"], "country", 15, "department", 13, 12],
      "text-padding": 4,
      "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
      "text-radial-offset": 1.8,
      "symbol-sort-key": ["get", "order"],
    },
    paint: { "text-color": look.muted, "text-halo-color": look.land, "text-halo-width": 1.6 },
  };
}

/** The mark of a category: told apart by its form, not by its colour alone. */
export function markImage(category: string, look: Palette): ImageData {
  const [ratio, size, middle, radius] = [2, 20, 10, 6.5];
  const pen = new OffscreenCanvas(size * ratio, size * ratio).getContext("2d")!;
  pen.scale(ratio, ratio);
  const corners: Record<string, [number, number]> = { mine: [4, 0], port: [4, 45], energy: [3, -90], other: [6, 0] };
  const [sides, turn] = corners[category] ?? [48, 0];
  pen.beginPath();
  for (let i = 0; i < sides; i++) {
    const angle = ((360 / sides) * i + turn) * (Math.PI / 180);
    pen.lineTo(middle + radius * Math.cos(angle), middle + radius * Math.sin(angle));
  }
  pen.closePath();
  pen.fillStyle = look.marks[category] ?? look.ink;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = look.land;
  pen.stroke();
  return pen.getImageData(0, 0, size * ratio, size * ratio);
}
