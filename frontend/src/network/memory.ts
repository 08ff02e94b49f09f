/** What this browser keeps: where somebody moved an organisation to, and what they looked at. */

const KEY = "minka:network";

export interface Memory {
  moves: Record<string, [number, number]>;
  camera: { x: number; y: number; ratio: number; angle: number } | null;
  colours: "type" | "community";
}

export function remember(memory: Memory): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // private windows keep nothing: the picture works without
  }
}

export function recall(): Memory {
  const nothing: Memory = { moves: {}, camera: null, colours: "type" };
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Memory>) };
  } catch {
    return nothing;
  }
}
