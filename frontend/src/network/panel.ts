/** What is said of the chosen organisation, with buttons: the picture as a keyboard reaches it. */
import { labelsOf } from "./feed.ts";
import type { TieGraph } from "./graph.ts";

const SHOWN = 30;

interface Ways {
  pick: (id: string) => void;
  fill: (name: "focus" | "from" | "to", id: string) => void;
}

export class Panel {
  readonly #box: HTMLElement;
  readonly #graph: () => TieGraph;
  readonly #ways: Ways;
  readonly #status = document.createElement("p");
  readonly #card = document.createElement("section");

  constructor(box: HTMLElement, graph: () => TieGraph, ways: Ways) {
    this.#box = box;
    this.#graph = graph;
    this.#ways = ways;
    this.#status.className = "small muted";
    this.#status.setAttribute("role", "status");
    this.#card.className = "network-panel card";
    this.#card.hidden = true;
    box.append(this.#status, this.#card);
  }

  tell(nodes: number, pairs: number, leftOut: number): void {
    const values = { nodes: nodes.toLocaleString("en"), ties: pairs.toLocaleString("en") };
    const more = leftOut ? ` ${this.#word("wordLeft", { count: leftOut.toLocaleString("en") })}.` : "";
    this.#status.textContent = `${this.#word("wordShown", values)}.${more}`;
  }

  show(id: string | null, near: string[]): void {
    this.#card.hidden = id === null;
    if (id === null) return;
    const { graph, feed } = this.#graph();
    const look = graph.getNodeAttributes(id);
    const title = document.createElement("h2");
    title.textContent = look.label;
    const facts = document.createElement("p");
    facts.className = "muted";
    const type = labelsOf(this.#box).types[look.type_index] ?? "";
    const ties = this.#word("wordTies", { count: near.length.toLocaleString("en") });
    facts.textContent = [type, feed.groups[look.community], ties].filter(Boolean).join(" · ");
    const page = document.createElement("a");
    page.href = (this.#box.dataset["actorUrl"] ?? "").replace("CODE", id);
    page.textContent = this.#word("wordPage");
    const row = document.createElement("p");
    row.className = "cluster";
    row.append(
      page,
      this.#button("wordAround", () => this.#ways.fill("focus", id)),
      this.#button("wordFrom", () => this.#ways.fill("from", id)),
      this.#button("wordTo", () => this.#ways.fill("to", id)),
    );
    const heading = document.createElement("h3");
    heading.textContent = this.#word("wordNeighbours");
    const list = document.createElement("ul");
    list.className = "network-neighbours";
    const ordered = near.sort((one, other) => graph.degree(other) - graph.degree(one)).slice(0, SHOWN);
    for (const node of ordered) {
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet small";
      button.textContent = graph.getNodeAttribute(node, "label");
      button.addEventListener("click", () => this.#ways.pick(node));
      line.append(button);
      list.append(line);
    }
    this.#card.replaceChildren(title, facts, row, ...(ordered.length ? [heading, list] : []));
  }

  #button(word: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet small";
    button.textContent = this.#word(word);
    button.addEventListener("click", act);
    return button;
  }

  #word(name: string, values: Record<string, string> = {}): string {
    return (this.#box.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
  }
}
