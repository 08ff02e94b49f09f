/** Country shapes around the cluster, cut out of world-atlas and written as small GeoJSON. */
import { readFileSync } from "node:fs";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { FeatureCollection, Position } from "geojson";
import type { Plugin } from "vite";

/** ISO 3166-1 numeric codes: South America, and Panama and Costa Rica at the edge of the picture. */
const KEPT = new Set([
  "032", "068", "076", "152", "170", "218", "238", "254", "328", "600", "604", "740", "858", "862",
  "591", "188",
]);
const DECIMALS = 2; // about one kilometre, half a pixel at zoom 7

export function countries(): Plugin {
  return {
    name: "minka-countries",
    generateBundle() {
      this.emitFile({
        type: "asset",
        name: "countries.json",
        originalFileName: "countries.json",
        source: JSON.stringify(shapes()),
      });
    },
  };
}

export function shapes(): FeatureCollection {
  const atlas = JSON.parse(
    readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"),
  ) as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const world = feature(atlas, atlas.objects.countries);
  const features = world.features
    .filter((country) => KEPT.has(String(country.id)))
    .map((country) => ({ ...country, geometry: rounded(country.geometry) }));
  return { type: "FeatureCollection", features };
}

function rounded<T>(geometry: T): T {
  const round = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    if (typeof value[0] === "number")
      return (value as Position).map((n) => Number(n.toFixed(DECIMALS)));
    return value.map(round);
  };
  const shape = geometry as { coordinates: unknown };
  return { ...geometry, coordinates: round(shape.coordinates) };
}
