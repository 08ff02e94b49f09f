/**
 * The binary that carries points (README.md). Little-endian, no padding except before the last block:
 *
 *   uint32             count
 *   float32 × 2·count  longitude, latitude, … (degrees, WGS 84)
 *   uint8   × count    kind (index into `data-kinds`)
 *   0–3 zero bytes     so that the next block starts at a multiple of four
 *   uint32  × count    primary key of the actor
 */
export interface Points {
  count: number;
  lonLat: Float32Array;
  kinds: Uint8Array;
  keys: Uint32Array;
}

export function readPoints(buffer: ArrayBuffer): Points {
  const count = new DataView(buffer).getUint32(0, true);
  const kindsAt = 4 + 8 * count;
  const keysAt = Math.ceil((kindsAt + count) / 4) * 4;
  if (buffer.byteLength !== keysAt + 4 * count) throw new Error("points: length does not match count");
  return {
    count,
    lonLat: new Float32Array(buffer, 4, 2 * count),
    kinds: new Uint8Array(buffer, kindsAt, count),
    keys: new Uint32Array(buffer, keysAt, count),
  };
}

/** Where an actor stands among the points, or -1: their keys rise. */
export function indexOf(points: Points, key: number): number {
  let [low, high] = [0, points.count - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (points.keys[middle]! === key) return middle;
    if (points.keys[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The box that holds the middle 96 % of the points: one stray coordinate does not shrink the rest. */
export function boundsOf(points: Points): [number, number, number, number] | null {
  if (points.count === 0) return null;
  const axis = (offset: 0 | 1) => {
    const values = new Float32Array(points.count);
    for (let i = 0; i < points.count; i++) values[i] = points.lonLat[2 * i + offset]!;
    values.sort();
    const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))]!;
    return [at(0.02), at(0.98)] as const;
  };
  const [west, east] = axis(0);
  const [south, north] = axis(1);
  return [west, south, east, north];
}
