/** Country shapes around the cluster, cut out of world-atlas and written as small GeoJSON. */
import { readFileSync } from "node:fs";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { FeatureCollection, Geometry, Position } from "geojson";
import type { Plugin } from "vite";

/** ISO 3166-1 numeric codes and letters: South America, and Panama and Costa Rica at the edge. */
const KEPT: Record<string, string> = {
  "032": "AR", "068": "BO", "076": "BR", "152": "CL", "170": "CO", "218": "EC", "238": "FK", "254": "GF",
  "328": "GY", "600": "PY", "604": "PE", "740": "SR", "858": "UY", "862": "VE", "591": "PA", "188": "CR",
};
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
    .filter((country) => String(country.id) in KEPT)
    .map((country) => ({
      ...country,
      properties: { code: KEPT[String(country.id)], at: middle(country.geometry) },
      geometry: rounded(country.geometry),
    }));
  return { type: "FeatureCollection", features };
}

/** Where the name goes: the centroid of the largest ring. */
function middle(geometry: Geometry): Position {
  const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : geometry.type === "Polygon" ? [geometry.coordinates] : [];
  let best: Position = [0, 0];
  let most = 0;
  for (const [ring = []] of polygons) {
    let [twice, x, y] = [0, 0, 0];
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      const cross = a[0]! * b[1]! - b[0]! * a[1]!;
      twice += cross;
      x += (a[0]! + b[0]!) * cross;
      y += (a[1]! + b[1]!) * cross;
    }
    if (Math.abs(twice) <= most) continue;
    most = Math.abs(twice);
    best = [x / (3 * twice), y / (3 * twice)].map((n) => Number(n.toFixed(DECIMALS)));
  }
  return best;
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
