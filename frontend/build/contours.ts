/**
 * Contour lines as one SVG: marching squares over a sum of sines. Deterministic, no random numbers.
 * The lines are a mask (styles give them their colour), so one file serves light and dark.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import type { Plugin } from "vite";

const WIDTH = 1200;
const HEIGHT = 480;
const CELL = 12;
const LEVELS = 15;
const FOLDER = "node_modules/.minka";

type Point = readonly [number, number];

/** Writes the picture where styles can name it before anything is bundled. */
export function contours(): Plugin {
  return {
    name: "minka-contours",
    config() {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(`${FOLDER}/contours.svg`, draw());
    },
  };
}

function height(x: number, y: number): number {
  const u = x / WIDTH;
  const v = y / HEIGHT;
  const hill = (cx: number, cy: number, sx: number, sy: number) =>
    Math.exp(-(((u - cx) / sx) ** 2) - ((v - cy) / sy) ** 2);
  return (
    1.25 * hill(0.78, 0.3, 0.22, 0.5) +
    0.9 * hill(0.3, 0.75, 0.26, 0.55) +
    0.12 * Math.sin(7.1 * u + 2.3 * v) +
    0.1 * Math.sin(4.3 * v - 9.7 * u + 1.2) +
    0.05 * Math.sin(17 * u + 11 * v)
  );
}

export function draw(): string {
  const paths = Array.from({ length: LEVELS }, (_, index) => {
    const level = -0.1 + (1.4 * index) / LEVELS;
    const wide = index % 5 === 0 ? ' stroke-width="1.6"' : "";
    return `<path${wide} d="${join(segments(level))}"/>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" fill="none" stroke="#000"` +
    ` stroke-width=".9" preserveAspectRatio="xMidYMid slice">${paths.join("")}</svg>`
  );
}

function segments(level: number): [Point, Point][] {
  const found: [Point, Point][] = [];
  for (let y = 0; y < HEIGHT; y += CELL) {
    for (let x = 0; x < WIDTH; x += CELL) {
      const corners: Point[] = [[x, y], [x + CELL, y], [x + CELL, y + CELL], [x, y + CELL]];
      const crossings: Point[] = [];
      for (let side = 0; side < 4; side++) {
        const a = corners[side]!;
        const b = corners[(side + 1) % 4]!;
        const ha = height(...a) - level;
        const hb = height(...b) - level;
        if (ha > 0 !== hb > 0) {
          const t = ha / (ha - hb);
          crossings.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
        }
      }
      for (let i = 0; i + 1 < crossings.length; i += 2) found.push([crossings[i]!, crossings[i + 1]!]);
    }
  }
  return found;
}

/** Chain segments that share an end into lines, with one decimal: a third of the size. */
function join(pieces: [Point, Point][]): string {
  const key = (p: Point) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`;
  const ends = new Map<string, [Point, Point][]>();
  for (const piece of pieces)
    for (const end of piece) ends.set(key(end), [...(ends.get(key(end)) ?? []), piece]);
  const used = new Set<[Point, Point]>();
  const grow = (from: Point): Point[] => {
    const line: Point[] = [];
    let at = from;
    for (;;) {
      const next = ends.get(key(at))?.find((piece) => !used.has(piece));
      if (!next) return line;
      used.add(next);
      at = key(next[0]) === key(at) ? next[1] : next[0];
      line.push(at);
    }
  };
  let path = "";
  for (const piece of pieces) {
    if (used.has(piece)) continue;
    used.add(piece);
    const line = [...grow(piece[0]).reverse(), piece[0], piece[1], ...grow(piece[1])];
    const [start, ...rest] = line.map((p) => `${p[0].toFixed(1)} ${p[1].toFixed(1)}`);
    path += `M${start}L${rest.join(" ")}`;
  }
  return path;
}
