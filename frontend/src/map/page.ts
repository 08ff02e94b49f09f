/** The map and the page around it: the form asks, the list follows the map, the address keeps both. */
import type { ActorMap } from "./actor-map.ts";
import type { Feeds } from "./feeds.ts";
import { type Look, lookOf, withQuery } from "./look.ts";

const QUIET_MS = 300;

export function follow(form: HTMLFormElement, actors: ActorMap, feeds: Feeds): void {
  let timer = 0;
  let asking = new AbortController();
  let before = lookOf(form).toString();

  const list = async (look: Look) => {
    asking.abort();
    asking = new AbortController();
    const bounds = actors.map.getBounds();
    const west = wrapped(bounds.getWest());
    const wide = bounds.getEast() - bounds.getWest() >= 360;
    const box = [wide ? -180 : west, bounds.getSouth(), wide ? 180 : wrapped(bounds.getEast()), bounds.getNorth()];
    try {
      const html = await feeds.list(look.wanted, box.map((n) => n.toFixed(4)).join(","), asking.signal);
      const target = document.getElementById("map-list");
      if (!target || target.contains(document.activeElement)) return;
      target.outerHTML = html;
    } catch {
      // another question is on its way, or the list stays as it was
    }
  };

  const ask = () => {
    const look = lookOf(form);
    form.dataset["view"] = look.view;
    if (look.toString() !== before) {
      before = look.toString();
      void actors.show(look).then(() => list(look));
    }
    share(look);
  };

  form.addEventListener("change", ask);
  form.querySelector("#q")?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, 400);
  });
  actors.map.on("moveend", (event) => {
    const at = form.elements.namedItem("at") as HTMLInputElement;
    if (event.originalEvent || !at.disabled) {
      const { lng, lat } = actors.map.getCenter();
      at.disabled = false;
      at.value = `${lng.toFixed(4)},${lat.toFixed(4)},${actors.map.getZoom().toFixed(2)}`;
      const look = lookOf(form);
      before = look.toString();
      history.replaceState(history.state, "", withQuery(location.pathname, look.toString()));
      share(look);
    }
    clearTimeout(timer);
    timer = window.setTimeout(() => void list(lookOf(form)), QUIET_MS);
  });
  link(actors);
  form.dataset["view"] = lookOf(form).view;
}

/** The list and the map point at each other. */
function link(actors: ActorMap): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-map-show]");
    if (!link) return;
    event.preventDefault();
    actors.map.getContainer().scrollIntoView({ block: "nearest" });
    void actors.visit(Number(link.dataset["mapShow"])).then((found) => {
      if (!found) location.href = (link as HTMLAnchorElement).href;
    });
  });
  const point = (event: Event) => {
    const row = (event.target as Element).closest?.<HTMLElement>("[data-map-row]");
    if (row) actors.point(Number(row.dataset["mapRow"]));
  };
  document.addEventListener("mouseover", point);
  document.addEventListener("focusin", point);
  actors.onChoice = (key) => {
    for (const row of document.querySelectorAll<HTMLElement>("[data-map-row]")) {
      const chosen = row.dataset["mapRow"] === String(key);
      row.classList.toggle("chosen", chosen);
      if (chosen) row.scrollIntoView({ block: "nearest" });
    }
  };
}

/** What others get: the address of this view, the frame for their page, the picture. */
function share(look: Look): void {
  const query = look.toString();
  for (const input of document.querySelectorAll<HTMLInputElement>("[data-map-share]"))
    input.value = withQuery(input.dataset["mapShare"] ?? "", query);
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("[data-map-embed]")) {
    const frame = document.createElement("iframe");
    frame.setAttribute("src", withQuery(area.dataset["mapEmbed"] ?? "", query));
    frame.setAttribute("width", "800");
    frame.setAttribute("height", "600");
    frame.setAttribute("title", area.dataset["title"] ?? "");
    area.value = frame.outerHTML;
  }
  for (const anchor of document.querySelectorAll<HTMLAnchorElement>("[data-map-link]"))
    anchor.href = withQuery(anchor.pathname, query);
}

function wrapped(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}
