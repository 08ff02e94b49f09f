/** What the map is made of: sea, land, borders, clusters and points. No tiles and no glyphs. */
import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import type { Palette } from "./palette.ts";

export const CLUSTERS = "clusters";
export const POINTS = "points";
export const SOURCE = "actors";
const CLUSTER_RADIUS_PX = 46;
const CLUSTERED_UP_TO_ZOOM = 12;

export function style(look: Palette, countries: FeatureCollection, actors: FeatureCollection): StyleSpecification {
  const byKind = ["match", ["get", "kind"], ...look.series.flatMap((color, kind) => [kind, color]), look.ink];
  return {
    version: 8,
    sources: {
      countries: { type: "geojson", data: countries },
      [SOURCE]: {
        type: "geojson",
        data: actors,
        cluster: true,
        clusterRadius: CLUSTER_RADIUS_PX,
        clusterMaxZoom: CLUSTERED_UP_TO_ZOOM,
      },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": look.sea } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": look.land } },
      {
        id: "borders",
        type: "line",
        source: "countries",
        paint: { "line-color": look.border, "line-width": 0.8, "line-opacity": 0.7 },
      },
      {
        id: POINTS,
        type: "circle",
        source: SOURCE,
        filter: ["!", ["has", "point_count"]],
        paint: {
          "circle-color": byKind as unknown as ExpressionSpecification,
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 4, 10, 7],
          "circle-stroke-color": look.land,
          "circle-stroke-width": 1.5,
        },
      },
      {
        id: CLUSTERS,
        type: "symbol",
        source: SOURCE,
        filter: ["has", "point_count"],
        layout: {
          "icon-image": ["concat", "count-", ["get", "point_count"]],
          "icon-allow-overlap": true,
          "symbol-sort-key": ["get", "point_count"],
        },
      },
    ],
  };
}

/** A cluster is a disc with its count, drawn here: text of the map itself would need glyph files. */
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
