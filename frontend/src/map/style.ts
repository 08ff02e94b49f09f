/** What the map is made of, from the bottom up. No tiles, no glyphs, nothing from elsewhere. */
import type { FeatureCollection } from "geojson";
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Layer, Limits } from "./furniture.ts";
import { layerSource, limitsLayers, limitsSource, NAMES, namesLayer, shadedLayer, teamLayers } from "./furniture.ts";
import type { Palette } from "./palette.ts";

export const CLUSTERS = "clusters";
export const POINTS = "points";
export const HEXAGONS = "hexagons";
export const SPOT = "spot";
export const SOURCE = "actors";
export const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };

/** Everything that is on the map now; an address is fetched by MapLibre's own worker. */
export interface Content {
  countries: string;
  actors: FeatureCollection;
  hexagons: FeatureCollection | string;
  names: FeatureCollection;
  spot: FeatureCollection;
  limits: Limits[];
  layers: Layer[];
  shaded: { limits: Limits; fill: ExpressionSpecification | string } | undefined;
}

export function style(look: Palette, content: Content): StyleSpecification {
  const geojson = (data: FeatureCollection | string): SourceSpecification => ({ type: "geojson", data });
  const { shaded } = content;
  return {
    version: 8,
    sources: {
      countries: geojson(content.countries),
      [HEXAGONS]: geojson(content.hexagons),
      [NAMES]: geojson(content.names),
      [SPOT]: geojson(content.spot),
      ...Object.fromEntries(content.limits.map((set) => [limitsSource(set), geojson(set.url)])),
      ...Object.fromEntries(content.layers.map((layer) => [layerSource(layer), geojson(layer.url)])),
      [SOURCE]: geojson(content.actors),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": look.sea } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": look.land } },
      ...(shaded ? [shadedLayer(shaded.limits, shaded.fill)] : []),
      {
        id: HEXAGONS,
        type: "fill",
        source: HEXAGONS,
        paint: { "fill-color": among("shade", look.shades, look.land), "fill-opacity": 0.88, "fill-outline-color": look.land },
      },
      ...content.limits.flatMap((set) => limitsLayers(set, look)),
      {
        id: "borders",
        type: "line",
        source: "countries",
        paint: { "line-color": look.border, "line-width": 1.2, "line-opacity": 0.8 },
      },
      ...content.layers.flatMap((layer) => teamLayers(layer, look)),
      namesLayer(look),
      ...actorLayers(look),
    ],
  };
}

function actorLayers(look: Palette): LayerSpecification[] {
  return [
    {
      id: POINTS,
      type: "circle",
      source: SOURCE,
      filter: ["!", ["has", "count"]],
      paint: {
        "circle-color": among("kind", look.series, look.ink),
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 4, 10, 7],
        "circle-stroke-color": look.land,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: CLUSTERS,
      type: "symbol",
      source: SOURCE,
      filter: ["has", "count"],
      layout: {
        "icon-image": ["concat", "count-", ["get", "count"]],
        "icon-allow-overlap": true,
        "symbol-sort-key": ["get", "count"],
      },
    },
    {
      id: SPOT,
      type: "circle",
      source: SPOT,
      paint: {
        "circle-radius": 11,
        "circle-color": "rgba(0,0,0,0)",
        "circle-stroke-color": look.ink,
        "circle-stroke-width": 3,
      },
    },
  ];
}

function among(property: string, colors: string[], otherwise: string): ExpressionSpecification {
  const pairs = colors.flatMap((color, index) => [index, color]);
  return ["match", ["get", property], ...pairs, otherwise] as unknown as ExpressionSpecification;
}

/** A cluster is a disc with its count, drawn here. */
export function clusterImage(count: number, look: Palette): ImageData {
  const ratio = 2;
  const radius = Math.round(13 + 4 * Math.log10(count) ** 1.3);
  const size = 2 * (radius + 2) * ratio;
  const canvas = new OffscreenCanvas(size, size);
  const pen = canvas.getContext("2d")!;
  pen.scale(ratio, ratio);
  const middle = radius + 2;
  pen.beginPath();
  pen.arc(middle, middle, radius, 0, 2 * Math.PI);
  pen.fillStyle = look.cluster;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = look.land;
  pen.stroke();
  pen.fillStyle = look.onCluster;
  pen.font = `600 ${radius > 18 ? 13 : 12}px "Inter Variable", sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(short(count), middle, middle + 0.5);
  return pen.getImageData(0, 0, size, size);
}

function short(count: number): string {
  return count < 1_000 ? String(count) : `${(count / 1_000).toFixed(count < 10_000 ? 1 : 0)}k`;
}
