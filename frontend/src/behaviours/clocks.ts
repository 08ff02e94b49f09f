/** Countdowns in words, and the reader's own hour for readers whose zone the server does not know. */
import { clusterZone, language } from "./words.ts";

const relative = new Intl.RelativeTimeFormat(language);
const MINUTE_MS = 60_000;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [["day", 1440], ["hour", 60], ["minute", 1]];
/** How far the server's clock is ahead of this one, by what it said last. */
let ahead = difference();
const done = new WeakSet<Element>();

export function clocks(root: ParentNode): void {
  tick();
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-instant]")) own(time);
}

setInterval(tick, MINUTE_MS / 2);

function tick(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-countdown]"))
    element.textContent = distance(new Date(element.dataset["countdown"] ?? ""));
  for (const note of document.querySelectorAll<HTMLElement>("[data-closed-at]"))
    note.hidden = new Date(note.dataset["closedAt"] ?? "").getTime() > Date.now() + ahead;
}

export interface Clock {
  now?: string; // the server's
  closes_at?: string;
  closes?: string; // the same, as it is written
}

/** The server said what time it is, and until when: a deadline may move while a page is open. */
export function setClock({ now, closes_at: at, closes }: Clock): void {
  if (now) ahead = new Date(now).getTime() - Date.now();
  if (at) {
    for (const place of document.querySelectorAll<HTMLElement>("[data-deadline]")) {
      const [left, time] = [place.querySelector<HTMLElement>("[data-countdown]"), place.querySelector("time")];
      if (left) left.dataset["countdown"] = at;
      if (time && closes && new Date(time.dateTime).getTime() !== new Date(at).getTime()) {
        time.dateTime = at;
        time.textContent = closes;
      }
    }
    for (const note of document.querySelectorAll<HTMLElement>("[data-closed-at]")) note.dataset["closedAt"] = at;
  }
  tick();
}

/** "in 3 days": one unit, at least two of it, rounded down, as the server says it. */
function distance(at: Date): string {
  const minutes = (at.getTime() - Date.now() - ahead) / MINUTE_MS;
  const [unit, size] = UNITS.find(([, each]) => Math.abs(minutes) >= 2 * each) ?? ["minute", 1];
  return relative.format(Math.trunc(minutes / size), unit);
}

function difference(): number {
  const said = document.querySelector<HTMLElement>("[data-now]")?.dataset["now"];
  const [page] = performance.getEntriesByType("navigation") as (PerformanceNavigationTiming | undefined)[];
  if (!said || page?.type === "back_forward") return 0; // kept since then: nothing is known of now
  return new Date(said).getTime() - (Date.now() - (page ? performance.now() - page.responseStart : 0));
}

function own(time: HTMLTimeElement): void {
  if (done.has(time)) return;
  done.add(time);
  const at = new Date(time.dateTime);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (written(at, zone) === written(at, clusterZone)) return;
  const span = document.createElement("span");
  span.className = "instant-own";
  span.textContent = `${written(at, zone)} (${zone.split("/").at(-1)?.replaceAll("_", " ")})`;
  time.append(span);
}

function written(at: Date, timeZone: string): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone }).format(at);
  const clock = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${part({ day: "numeric" })} ${part({ month: "short" })} ${part({ year: "numeric" })}, ${clock}`;
}
