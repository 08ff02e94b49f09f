/** The network of ties: an island that draws what the table below it also says. */
import "./styles/network.css";
import { notice } from "./behaviours/words.ts";
import { loadFeed } from "./network/feed.ts";
import { NetworkForm } from "./network/form.ts";
import { TieGraph } from "./network/graph.ts";
import { NetworkView } from "./network/view.ts";

const element = document.querySelector<HTMLElement>("div[data-network]");
const form = document.querySelector<HTMLFormElement>("[data-network-form]");
if (element && form) void start(element, form);

async function start(box: HTMLElement, inputs: HTMLFormElement): Promise<void> {
  try {
    let query = box.dataset["query"] ?? "";
    let graph = new TieGraph(await loadFeed(box, query));
    if (graph.size === 0) {
      box.remove();
      return;
    }
    let view: NetworkView;
    try {
      view = new NetworkView(box, graph);
    } catch {
      box.replaceChildren(notice(box.dataset["wordNothing"] ?? "", "warn"));
      return;
    }
    const asked = new NetworkForm(inputs, box, graph);
    view.choose = (name, id) => asked.fill(name, id);
    view.show(asked.read());
    asked.changed = async (now) => {
      const next = asked.actorsQuery();
      if (next !== query) {
        query = next;
        graph = new TieGraph(await loadFeed(box, query));
        asked.over(graph);
        view.over(graph);
        now = asked.read();
      }
      view.show(now);
    };
  } catch {
    box.replaceChildren(notice(box.dataset["wordFailed"] ?? "", "danger"));
  }
}
