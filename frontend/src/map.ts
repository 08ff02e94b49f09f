/** Maps: an island that draws what the tables and the list around it also say. */
import "./styles/map.css";
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { notice, word } from "./behaviours/words.ts";
import { ActorMap } from "./map/actor-map.ts";
import { Feeds } from "./map/feeds.ts";
import { Look, lookOf } from "./map/look.ts";
import { follow } from "./map/page.ts";
import { preview } from "./map/preview.ts";

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

for (const element of document.querySelectorAll<HTMLElement>("[data-map]")) {
  element.querySelector("noscript")?.remove();
  void start(element).catch(() => element.replaceChildren(notice(word("noPoints"), "danger")));
}

async function start(element: HTMLElement): Promise<void> {
  const embedded = document.body.dataset["mapEmbedded"] !== undefined;
  const form = document.querySelector<HTMLFormElement>("[data-map-form]");
  const feeds = new Feeds(element, embedded ? "omit" : "same-origin");
  if (element.dataset["bare"] !== undefined) return preview(element, feeds, await feeds.countries());
  const look = form ? lookOf(form) : new Look(new URLSearchParams(document.body.dataset["query"] ?? ""));
  let actors: ActorMap;
  try {
    actors = new ActorMap(element, feeds, look);
  } catch {
    element.replaceChildren(notice(word("noMap"), "warn"));
    return;
  }
  if (form) follow(form, actors, feeds);
  await actors.show(look);
  const drawn = () => {
    if (!actors.showsActors) return;
    actors.map.off("render", drawn);
    performance.mark("minka:map-drawn"); // the first useful picture: organisations are on it
  };
  actors.map.on("render", drawn);
  actors.map.once("idle", () => {
    performance.mark("minka:map-settled");
    element.dataset["drawn"] = "";
  });
}
