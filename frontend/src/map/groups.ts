/**
 * Points that lie together, for one zoom: reckoned over the typed arrays as they came. What is drawn is some
 * hundred features and not every point, so that a hundred thousand of them cost what a thousand do.
 *
 * Points fall into cells of a grid; then a cell whose middle is nearer to a fuller one than a disc is wide joins it.
 */
import type { Feature, FeatureCollection, Point } from "geojson";
import type { Points } from "./points.ts";

const DISC_PX = 46;
const TILE_PX = 512;
const APART_FROM_ZOOM = 13;

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

interface Part {
  west: number;
  north: number;
  east: number;
  south: number;
}

export class Groups {
  readonly #points: Points;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  #boxes: Bounds[] = [];

  constructor(points: Points) {
    this.#points = points;
    this.#x = new Float64Array(points.count);
    this.#y = new Float64Array(points.count);
    for (let i = 0; i < points.count; i++) {
      this.#x[i] = acrossOf(points.lonLat[2 * i]!);
      this.#y[i] = downOf(points.lonLat[2 * i + 1]!);
    }
  }

  /** What is drawn at a zoom in a part of the world: single points, and groups with their count. */
  at(zoom: number, bounds: Bounds, shown: ReadonlySet<number>): FeatureCollection<Point> {
    const [west, south, east, north] = bounds;
    const around = west < -180 || east > 180; // the date line is in sight
    const part = { west: around ? 0 : acrossOf(west), east: around ? 1 : acrossOf(east), north: downOf(north), south: downOf(south) };
    this.#boxes = [];
    const chosen = this.#inside(part, shown);
    const features = zoom >= APART_FROM_ZOOM ? chosen.map((i) => this.#single(i)) : this.#grouped(chosen, zoom);
    return { type: "FeatureCollection", features };
  }

  /** The box around the members of a group, by the number that its feature carries. */
  box(group: number): Bounds | undefined {
    return this.#boxes[group];
  }

  #inside(part: Part, shown: ReadonlySet<number>): number[] {
    const { kinds, count } = this.#points;
    const wanted = new Uint8Array(256);
    for (const kind of shown) wanted[kind] = 1;
    const found: number[] = [];
    for (let i = 0; i < count; i++) {
      const [x, y] = [this.#x[i]!, this.#y[i]!];
      if (wanted[kinds[i]!] && x >= part.west && x <= part.east && y >= part.north && y <= part.south) found.push(i);
    }
    return found;
  }

  #grouped(chosen: number[], zoom: number): Feature<Point>[] {
    const side = DISC_PX / (TILE_PX * 2 ** zoom);
    const columns = Math.ceil(1 / side) + 2;
    const cells = new Map<number, Cell>();
    for (const i of chosen) {
      const [x, y] = [this.#x[i]!, this.#y[i]!];
      const place = (Math.floor(y / side) + 1) * columns + Math.floor(x / side) + 1;
      const cell = cells.get(place);
      if (cell) cell.add(x, y);
      else cells.set(place, new Cell(place, i, x, y));
    }
    const fullest = [...cells.values()].sort((one, other) => other.count - one.count || one.place - other.place);
    const features: Feature<Point>[] = [];
    for (const cell of fullest) {
      if (!cells.delete(cell.place)) continue; // another has taken it in
      for (const step of [-columns - 1, -columns, 1 - columns, -1, 1, columns - 1, columns, columns + 1]) {
        const near = cells.get(cell.place + step);
        if (!near || Math.hypot(near.x - cell.x, near.y - cell.y) >= side) continue;
        cell.take(near);
        cells.delete(near.place);
      }
      features.push(cell.count === 1 ? this.#single(cell.first) : this.#group(cell));
    }
    return features;
  }

  #single(i: number): Feature<Point> {
    const { lonLat, kinds, keys } = this.#points;
    return feature([lonLat[2 * i]!, lonLat[2 * i + 1]!], { kind: kinds[i]!, key: keys[i]! });
  }

  #group(cell: Cell): Feature<Point> {
    const group = this.#boxes.push([longitudeOf(cell.west), latitudeOf(cell.south), longitudeOf(cell.east), latitudeOf(cell.north)]) - 1;
    return feature([longitudeOf(cell.x), latitudeOf(cell.y)], { count: cell.count, group });
  }
}

class Cell {
  count = 1;
  west: number;
  east: number;
  north: number;
  south: number;
  #sumX: number;
  #sumY: number;

  constructor(readonly place: number, readonly first: number, x: number, y: number) {
    this.west = this.east = this.#sumX = x;
    this.north = this.south = this.#sumY = y;
  }

  get x(): number {
    return this.#sumX / this.count;
  }

  get y(): number {
    return this.#sumY / this.count;
  }

  add(x: number, y: number): void {
    this.count++;
    this.#sumX += x;
    this.#sumY += y;
    if (x < this.west) this.west = x;
    else if (x > this.east) this.east = x;
    if (y < this.north) this.north = y;
    else if (y > this.south) this.south = y;
  }

  take(other: Cell): void {
    this.count += other.count;
    this.#sumX += other.#sumX;
    this.#sumY += other.#sumY;
    this.west = Math.min(this.west, other.west);
    this.east = Math.max(this.east, other.east);
    this.north = Math.min(this.north, other.north);
    this.south = Math.max(this.south, other.south);
  }
}

function feature(coordinates: [number, number], properties: Record<string, number>): Feature<Point> {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates } };
}

/** From degrees to the square of Web Mercator, 0 to 1, and back. */
const acrossOf = (longitude: number) => longitude / 360 + 0.5;
const longitudeOf = (x: number) => (x - 0.5) * 360;

function downOf(latitude: number): number {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, latitude)) * Math.PI) / 180);
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
}

function latitudeOf(y: number): number {
  return (360 * Math.atan(Math.exp((180 - y * 360) * (Math.PI / 180)))) / Math.PI - 90;
}
