/** The ties as a graph: who stands where, who is near whom, and the way from one to another. */
import { UndirectedGraph } from "graphology";
import type { Feed } from "./feed.ts";

/** Which ties count; `null` means all. */
export interface Wanted {
  kinds: ReadonlySet<number> | null;
  day: number | null;
  focus: string | null;
  steps: number;
  start: string | null;
  end: string | null;
}

export interface Shown {
  nodes: ReadonlySet<string> | null;
  edges: ReadonlySet<string>;
  path: readonly string[];
}

export interface NodeLook {
  x: number;
  y: number;
  size: number;
  label: string;
  type_index: number;
  community: number;
}

export interface EdgeLook {
  ties: number[];
}

const SMALLEST = 2.5;

export class TieGraph {
  readonly feed: Feed;
  readonly graph = new UndirectedGraph<NodeLook, EdgeLook>();
  readonly #byName = new Map<string, string>();

  constructor(feed: Feed) {
    this.feed = feed;
    feed.ids.forEach((id, at) => {
      this.graph.addNode(id, {
        x: feed.x[at] ?? NaN,
        y: feed.y[at] ?? NaN,
        size: SMALLEST,
        label: feed.names[at]!,
        type_index: feed.types[at]!,
        community: feed.communities[at]!,
      });
      this.#byName.set(plain(feed.names[at]!), id);
    });
    feed.tails.forEach((tail, at) => this.#tie(feed.ids[tail]!, feed.ids[feed.heads[at]!]!, at));
    this.#seatNewcomers();
    this.graph.updateEachNodeAttributes((node, look) => ({
      ...look,
      size: SMALLEST + 1.2 * Math.sqrt(this.graph.degree(node)),
    }));
  }

  get size(): number {
    return this.graph.order;
  }

  /** The organisation that a text means: its code, or its name as it is written. */
  find(text: string): string | null {
    const bare = text.trim();
    if (!bare) return null;
    return this.graph.hasNode(bare) ? bare : (this.#byName.get(plain(bare)) ?? null);
  }

  shown(wanted: Wanted): Shown {
    const edges = new Set<string>();
    this.graph.forEachEdge((edge, look) => {
      if (look.ties.some((tie) => this.#counts(tie, wanted))) edges.add(edge);
    });
    if (wanted.start && wanted.end) {
      const path = this.#path(wanted.start, wanted.end, edges);
      return { nodes: new Set([...path, wanted.start, wanted.end]), edges: along(this.graph, path), path };
    }
    if (!wanted.focus) return { nodes: null, edges, path: [] };
    const nodes = this.#near(wanted.focus, wanted.steps, edges);
    const inside = [...edges].filter((edge) => {
      const [one, other] = this.graph.extremities(edge);
      return nodes.has(one!) && nodes.has(other!);
    });
    return { nodes, edges: new Set(inside), path: [] };
  }

  #counts(tie: number, wanted: Wanted): boolean {
    if (wanted.kinds && !wanted.kinds.has(this.feed.kinds[tie]!)) return false;
    if (wanted.day === null) return true;
    const since = this.feed.since[tie] ?? null;
    const until = this.feed.until[tie] ?? null;
    return (since === null || since <= wanted.day) && (until === null || until >= wanted.day);
  }

  #tie(one: string, other: string, tie: number): void {
    const known = this.graph.edge(one, other);
    if (known) this.graph.getEdgeAttribute(known, "ties").push(tie);
    else this.graph.addEdge(one, other, { ties: [tie] });
  }

  /** Who has come since the places were reckoned stands in the middle of its partners. */
  #seatNewcomers(): void {
    const seated = (node: string) => !Number.isNaN(this.graph.getNodeAttribute(node, "x"));
    let homeless = this.graph.nodes().filter((node) => !seated(node));
    for (let round = 0; round < 3 && homeless.length; round++) {
      for (const node of homeless) {
        const near = this.graph.neighbors(node).filter(seated);
        if (near.length) this.#seat(node, mean(near, (one) => this.graph.getNodeAttribute(one, "x")), mean(near, (one) => this.graph.getNodeAttribute(one, "y")));
      }
      homeless = homeless.filter((node) => !seated(node));
    }
    homeless.forEach((node, at) => this.#seat(node, 1.1 * Math.cos(at), 1.1 * Math.sin(at)));
  }

  #seat(node: string, x: number, y: number): void {
    const turn = 2.4 * this.graph.degree(node) + node.charCodeAt(0);
    this.graph.mergeNodeAttributes(node, { x: x + 0.015 * Math.cos(turn), y: y + 0.015 * Math.sin(turn) });
  }

  #near(focus: string, steps: number, edges: ReadonlySet<string>): Set<string> {
    const near = new Set([focus]);
    let rim = [focus];
    for (let step = 0; step < steps; step++) {
      const next: string[] = [];
      for (const node of rim)
        this.graph.forEachEdge(node, (edge, _look, one, other) => {
          const far = one === node ? other : one;
          if (edges.has(edge) && !near.has(far)) {
            near.add(far);
            next.push(far);
          }
        });
      rim = next;
    }
    return near;
  }

  #path(start: string, end: string, edges: ReadonlySet<string>): string[] {
    const before = new Map<string, string>([[start, start]]);
    const queue = [start];
    for (const node of queue) {
      if (node === end) break;
      this.graph.forEachEdge(node, (edge, _look, one, other) => {
        const far = one === node ? other : one;
        if (edges.has(edge) && !before.has(far)) {
          before.set(far, node);
          queue.push(far);
        }
      });
    }
    if (!before.has(end)) return [];
    const path = [end];
    while (path[0] !== start) path.unshift(before.get(path[0]!)!);
    return path;
  }
}

export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

function along(graph: UndirectedGraph<NodeLook, EdgeLook>, path: readonly string[]): Set<string> {
  return new Set(path.slice(1).map((node, at) => graph.edge(path[at]!, node)!));
}

function mean(nodes: string[], value: (node: string) => number): number {
  return nodes.reduce((sum, node) => sum + value(node), 0) / nodes.length;
}
