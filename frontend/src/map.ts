/** The map of located actors: an island that draws what the table below it also says. */
import "./styles/map.css";
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { notice, word } from "./behaviours/words.ts";
import { ActorMap } from "./map/actor-map.ts";
import { readPoints } from "./map/points.ts";

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

for (const element of document.querySelectorAll<HTMLElement>("[data-map]")) void start(element);

async function start(element: HTMLElement): Promise<void> {
  const load = async (name: string) => {
    const response = await fetch(element.dataset[name] ?? "", { credentials: "same-origin" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  };
  try {
    const [points, countries] = await Promise.all([
      load("pointsUrl").then((response) => response.arrayBuffer()).then(readPoints),
      load("countriesUrl").then((response) => response.json()),
    ]);
    try {
      new ActorMap(element, points, countries);
    } catch {
      element.replaceChildren(notice(word("noMap"), "warn"));
    }
  } catch {
    element.replaceChildren(notice(word("noPoints"), "danger"));
  }
}
