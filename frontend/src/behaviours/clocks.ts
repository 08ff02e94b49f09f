/** Countdowns in words, and the reader's own hour for readers whose zone the server does not know. */
import { clusterZone, language } from "./words.ts";

const relative = new Intl.RelativeTimeFormat(language);
const MINUTE_MS = 60_000;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [["day", 1440], ["hour", 60], ["minute", 1]];
/** How far the server's clock is ahead of this one, by what it said when the page came. */
const ahead = difference();
const done = new WeakSet<Element>();

export function clocks(root: ParentNode): void {
  tick();
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-instant]")) own(time);
}

setInterval(tick, MINUTE_MS / 2);

function tick(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-countdown]"))
    element.textContent = distance(new Date(element.dataset["countdown"] ?? ""));
}

/** "in 3 days": one unit, at least two of it, rounded down, as the server says it. */
function distance(at: Date): string {
  const minutes = (at.getTime() - Date.now() - ahead) / MINUTE_MS;
  const [unit, size] = UNITS.find(([, each]) => Math.abs(minutes) >= 2 * each) ?? ["minute", 1];
  return relative.format(Math.trunc(minutes / size), unit);
}

function difference(): number {
  const said = document.querySelector<HTMLElement>("[data-now]")?.dataset["now"];
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (!said || !page || page.type === "back_forward") return 0;
  return new Date(said).getTime() - (performance.timeOrigin + page.responseStart);
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
