/** The legend says what the colours mean, how many there are of each, and hides those not wanted. */
import { SERIES } from "./palette.ts";
import type { Points } from "./points.ts";

export function legend(
  map: HTMLElement,
  kinds: string[],
  points: Points,
  changed: (shown: Set<number>) => void,
): Set<number> {
  map.parentElement?.querySelector(".map-legend")?.remove();
  const counts = new Map<number, number>();
  for (const kind of points.kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const box = document.createElement("fieldset");
  box.className = "map-legend";
  const title = document.createElement("legend");
  title.className = "visually-hidden";
  title.textContent = map.dataset["label"] ?? "";
  box.append(title);
  kinds.forEach((name, kind) => {
    const count = counts.get(kind) ?? 0;
    if (count > 0) box.append(line(name, kind, count));
  });
  box.addEventListener("change", () => {
    const checked = box.querySelectorAll<HTMLInputElement>("input:checked");
    changed(new Set([...checked].map((input) => Number(input.value))));
  });
  map.after(box); // below: the map is what one came for
  return new Set(kinds.keys());
}

function line(name: string, kind: number, count: number): HTMLLabelElement {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "checkbox";
  input.checked = true;
  input.value = String(kind);
  const dot = document.createElement("span");
  dot.className = `dot dot-${(kind % SERIES) + 1}`;
  const number = document.createElement("span");
  number.className = "facet-count";
  number.textContent = count.toLocaleString("en");
  label.append(input, dot, name, number);
  return label;
}
