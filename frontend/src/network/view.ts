/** One picture: nodes that can be chosen, moved and followed, by pointer or by keyboard. */
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { labelsOf } from "./feed.ts";
import type { EdgeLook, NodeLook, Shown, TieGraph, Wanted } from "./graph.ts";
import { type Look, drawHover, drawLabel, lookOf } from "./look.ts";
import { legend } from "./legend.ts";
import { type Memory, recall, remember } from "./memory.ts";
import { Panel } from "./panel.ts";

const SERIES = 8;
const STEP = 0.1;
const CLOSEST = 0.15; // of the camera: nearer, nothing is seen around a node
const ROOM = 1.5;

export class NetworkView {
  readonly #box: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #sigma: Sigma<NodeLook, EdgeLook>;
  readonly #panel: Panel;
  readonly #memory: Memory = recall();
  #graph: TieGraph;
  #look: Look;
  #shown: Shown;
  #chosen: string | null = null;
  #near = new Set<string>();
  choose: (name: "focus" | "from" | "to", id: string) => void = () => {};

  constructor(box: HTMLElement, graph: TieGraph) {
    this.#box = box;
    this.#graph = graph;
    this.#look = lookOf(box);
    this.#shown = graph.shown({ kinds: null, day: null, focus: null, steps: 1, start: null, end: null });
    this.#stage = document.createElement("div");
    this.#stage.className = "network-stage";
    this.#stage.tabIndex = 0;
    this.#stage.setAttribute("role", "application");
    this.#stage.setAttribute("aria-label", box.dataset["label"] ?? "");
    box.replaceChildren(this.#stage);
    this.#move();
    this.#sigma = this.#draw();
    this.#panel = new Panel(box, () => this.#graph, {
      pick: (id) => this.#pick(id, true),
      fill: (name, id) => this.choose(name, id),
    });
    this.#toolbar();
    this.#listen();
    this.#sigma.once("afterRender", () => {
      box.dataset["drawnMs"] = String(Math.round(performance.now()));
    });
  }

  over(graph: TieGraph): void {
    this.#graph = graph;
    this.#pick(null);
    this.#move();
    this.#sigma.setGraph(graph.graph);
    this.#legend();
  }

  show(wanted: Wanted): void {
    this.#shown = this.#graph.shown(wanted);
    this.#pick(this.#shown.path.length === 0 ? wanted.focus : null);
    if (this.#shown.nodes) this.#frame(this.#shown.nodes);
    const nodes = this.#shown.nodes?.size ?? this.#graph.size;
    this.#panel.tell(nodes, this.#shown.edges.size, this.#graph.feed.left_out);
  }

  #draw(): Sigma<NodeLook, EdgeLook> {
    const look = () => this.#look;
    const sigma = new Sigma<NodeLook, EdgeLook>(this.#graph.graph, this.#stage, {
      labelFont: '"Inter Variable", sans-serif',
      labelSize: 12,
      labelWeight: "500",
      labelDensity: 0.6,
      labelRenderedSizeThreshold: 7,
      hideLabelsOnMove: true,
      // hairlines for the many, drawn by the hardware; only lit ties have a width
      defaultEdgeType: "hairline",
      edgeProgramClasses: { hairline: EdgeLineProgram, wide: EdgeRectangleProgram },
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 3,
      stagePadding: 24,
      defaultDrawNodeLabel: drawLabel(look),
      defaultDrawNodeHover: drawHover(look),
      nodeReducer: (node, data) => this.#node(node, data),
      edgeReducer: (edge) => this.#edge(edge),
    });
    if (this.#memory.camera) sigma.getCamera().setState(this.#memory.camera);
    return sigma;
  }

  #node(node: string, data: NodeLook) {
    const hidden = this.#shown.nodes !== null && !this.#shown.nodes.has(node);
    const away = this.#chosen !== null && node !== this.#chosen && !this.#near.has(node);
    const important = node === this.#chosen || this.#shown.path.includes(node);
    return {
      ...data,
      hidden,
      color: away ? this.#look.border : this.#colour(data),
      label: away ? null : data.label,
      forceLabel: important,
      highlighted: node === this.#chosen,
      zIndex: away ? 0 : 1,
    };
  }

  #edge(edge: string) {
    if (!this.#shown.edges.has(edge)) return { hidden: true };
    const [one, other] = this.#graph.graph.extremities(edge);
    const lit = this.#shown.path.length > 1 || one === this.#chosen || other === this.#chosen;
    const faint = this.#chosen !== null && !lit;
    return { color: lit ? this.#look.path : faint ? this.#look.faint : this.#look.edge, size: lit ? 1.6 : 0.6, type: lit ? "wide" : "hairline", zIndex: lit ? 1 : 0 };
  }

  #colour(data: NodeLook): string {
    const index = this.#memory.colours === "type" ? data.type_index : data.community;
    return index < 0 ? this.#look.border : this.#look.series[index % SERIES]!;
  }

  #pick(id: string | null, bring = false): void {
    this.#chosen = id;
    const near = id === null ? [] : this.#graph.graph.filterNeighbors(id, (node) => this.#shown.edges.has(this.#graph.graph.edge(id, node)!));
    this.#near = new Set(near);
    this.#sigma.refresh({ skipIndexation: true });
    this.#panel.show(id, near);
    if (bring && id !== null && this.#shown.nodes === null) this.#frame([id, ...near]);
  }

  /** Bring the camera to where these stand, all of them in the picture. */
  #frame(nodes: Iterable<string>): void {
    const places = [...nodes].map((node) => this.#sigma.getNodeDisplayData(node)).filter((place) => place !== undefined);
    if (places.length === 0) return;
    const reach = (axis: "x" | "y") => {
      const values = places.map((place) => place[axis]);
      return [Math.min(...values), Math.max(...values)] as const;
    };
    const [west, east] = reach("x");
    const [south, north] = reach("y");
    const ratio = Math.max(CLOSEST, ROOM * Math.max(east - west, north - south));
    const to = { x: (west + east) / 2, y: (south + north) / 2, ratio };
    void this.#sigma.getCamera().animate(to, { duration: calm() ? 0 : 300 });
  }

  #move(): void {
    for (const [id, [x, y]] of Object.entries(this.#memory.moves))
      if (this.#graph.graph.hasNode(id)) this.#graph.graph.mergeNodeAttributes(id, { x, y });
  }

  #listen(): void {
    const sigma = this.#sigma;
    let held: string | null = null;
    let moved = false;
    sigma.on("clickNode", ({ node }) => this.#pick(node));
    sigma.on("clickStage", () => this.#pick(null));
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.choose("focus", node);
    });
    sigma.on("downNode", ({ node }) => {
      held = node;
      moved = false;
    });
    sigma.on("moveBody", ({ event }) => {
      if (!held) return;
      moved = true;
      if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
      const at = sigma.viewportToGraph(event);
      this.#graph.graph.mergeNodeAttributes(held, { x: at.x, y: at.y });
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      if (held && moved) {
        const { x, y } = this.#graph.graph.getNodeAttributes(held);
        this.#memory.moves[held] = [x, y];
        remember(this.#memory);
      }
      held = null;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
    sigma.on("enterNode", () => this.#stage.classList.add("pointing"));
    sigma.on("leaveNode", () => this.#stage.classList.remove("pointing"));
    sigma.getCamera().on("updated", (state) => {
      this.#memory.camera = state;
    });
    addEventListener("pagehide", () => remember(this.#memory));
    this.#stage.addEventListener("keydown", (event) => this.#key(event));
    const recolour = () => {
      this.#look = lookOf(this.#box);
      sigma.refresh({ skipIndexation: true });
    };
    document.addEventListener("minka:theme", recolour);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  }

  #key(event: KeyboardEvent): void {
    const camera = this.#sigma.getCamera();
    const by = STEP * camera.ratio;
    const ways: Record<string, () => void> = {
      ArrowLeft: () => camera.setState({ x: camera.x - by }),
      ArrowRight: () => camera.setState({ x: camera.x + by }),
      ArrowUp: () => camera.setState({ y: camera.y + by }),
      ArrowDown: () => camera.setState({ y: camera.y - by }),
      "+": () => void camera.animatedZoom({ duration: 100 }),
      "-": () => void camera.animatedUnzoom({ duration: 100 }),
      Escape: () => this.#pick(null),
    };
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    way();
  }

  #toolbar(): void {
    const bar = document.createElement("div");
    bar.className = "network-bar";
    const label = document.createElement("label");
    label.textContent = `${this.#box.dataset["wordColour"]} `;
    const select = document.createElement("select");
    for (const way of ["type", "community"] as const) {
      const option = new Option(this.#box.dataset[way === "type" ? "wordType" : "wordCommunity"], way);
      option.selected = way === this.#memory.colours;
      select.append(option);
    }
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      this.#memory.colours = select.value as Memory["colours"];
      remember(this.#memory);
      this.#sigma.refresh({ skipIndexation: true });
      this.#legend();
    });
    label.append(select);
    const button = (word: string, act: () => void) => {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "button quiet small";
      one.textContent = this.#box.dataset[word] ?? "";
      one.addEventListener("click", act);
      return one;
    };
    const whole = button("wordWhole", () => void this.#sigma.getCamera().animatedReset({ duration: calm() ? 0 : 300 }));
    const reset = button("wordReset", () => {
      this.#memory.moves = {};
      this.#memory.camera = null;
      remember(this.#memory);
      location.reload();
    });
    bar.append(label, whole, reset);
    this.#stage.before(bar);
    this.#legend();
  }

  #legend(): void {
    const labels = labelsOf(this.#box);
    const feed = this.#graph.feed;
    if (this.#memory.colours === "type") legend(this.#box, labels.types, feed.types);
    else legend(this.#box, feed.groups, feed.communities, this.#box.dataset["wordAlone"] ?? "");
  }
}

function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
