/** The form beside the picture: the same fields that the server reads, answered at once. */
import { labelsOf } from "./feed.ts";
import type { TieGraph, Wanted } from "./graph.ts";

const DAY_MS = 86_400_000;
const OWN = new Set(["tie", "on", "focus", "steps", "from", "to"]);
const NAMES_AT_MOST = 5_000;

export class NetworkForm {
  readonly #form: HTMLFormElement;
  readonly #box: HTMLElement;
  readonly #kinds: string[];
  #graph: TieGraph;
  changed: (wanted: Wanted) => void = () => {};

  constructor(form: HTMLFormElement, box: HTMLElement, graph: TieGraph) {
    this.#form = form;
    this.#box = box;
    this.#kinds = labelsOf(box).kind_values;
    this.#graph = graph;
    this.#names();
    this.#time();
    form.addEventListener("change", () => this.changed(this.read()));
    form.addEventListener("submit", () => this.changed(this.read()));
  }

  over(graph: TieGraph): void {
    this.#graph = graph;
    this.#names();
  }

  read(): Wanted {
    const data = new FormData(this.#form);
    const text = (name: string) => String(data.get(name) ?? "");
    const kinds = data.getAll("tie").map((value) => this.#kinds.indexOf(String(value)));
    const day = text("on") ? Date.parse(text("on")) / DAY_MS : null;
    return {
      kinds: kinds.length ? new Set(kinds) : null,
      day: day === null || Number.isNaN(day) ? null : day,
      focus: this.#graph.find(text("focus")),
      steps: Number(text("steps")) || 1,
      start: this.#graph.find(text("from")),
      end: this.#graph.find(text("to")),
    };
  }

  /** The part of the address that says which organisations: for another, other ties are fetched. */
  actorsQuery(): string {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form))
      if (!OWN.has(name) && value !== "" && typeof value === "string") query.append(name, value);
    return query.toString();
  }

  /** Write an organisation into a field, as if somebody had typed its name. */
  fill(name: "focus" | "from" | "to", id: string): void {
    const field = this.#form.elements.namedItem(name) as HTMLInputElement | null;
    if (!field) return;
    if (name === "focus") for (const other of ["from", "to"]) this.#clear(other);
    else field.closest("details")?.setAttribute("open", "");
    field.value = id ? this.#graph.graph.getNodeAttribute(id, "label") : "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #clear(name: string): void {
    const field = this.#form.elements.namedItem(name) as HTMLInputElement | null;
    if (field) field.value = "";
  }

  #names(): void {
    const list = this.#form.querySelector("datalist");
    list?.replaceChildren(
      ...this.#graph.feed.names.slice(0, NAMES_AT_MOST).map((name) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      }),
    );
  }

  /** A slider over the months that the ties speak of, beside the field for a day. */
  #time(): void {
    const field = this.#form.elements.namedItem("on") as HTMLInputElement | null;
    const known = this.#graph.feed.since.filter((day): day is number => day !== null);
    if (!field || known.length === 0) return;
    const first = new Date(known.reduce((least, day) => Math.min(least, day)) * DAY_MS);
    const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
    const now = new Date();
    const end = now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = String(start);
    slider.max = String(end);
    slider.className = "network-time";
    slider.setAttribute("aria-label", this.#box.dataset["wordDay"] ?? "");
    const tell = () => slider.setAttribute("aria-valuetext", field.value || (this.#box.dataset["wordAny"] ?? ""));
    const follow = () => {
      const day = new Date(field.value);
      slider.value = String(field.value ? day.getUTCFullYear() * 12 + day.getUTCMonth() : end);
      tell();
    };
    slider.addEventListener("input", (event) => {
      event.stopPropagation();
      const month = Number(slider.value);
      field.value = month >= end ? "" : new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)).toISOString().slice(0, 10);
      tell();
      this.changed(this.read());
    });
    field.addEventListener("change", follow);
    follow();
    field.after(slider);
  }
}
