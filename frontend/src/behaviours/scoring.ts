/**
 * The evaluator's form by keyboard: 1 to 5 choose, arrows up and down go from criterion to criterion.
 *
 * Not while somebody types in a field; without this script everything works with Tab and the space bar.
 */
const CRITERION = "section.criterion";

export function scoring(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-scoring]")) {
    if (form.dataset["scoring"] === "on") continue;
    form.dataset["scoring"] = "on";
    document.addEventListener("keydown", (event) => pressed(event, form));
  }
}

function pressed(event: KeyboardEvent, form: HTMLFormElement): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !form.isConnected) return;
  const at = document.activeElement;
  const types = at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement ||
    (at instanceof HTMLInputElement && at.type !== "radio");
  const elsewhere = at !== null && at !== document.body && !form.contains(at);
  if (types || elsewhere) return;
  const criteria = [...form.querySelectorAll<HTMLElement>(CRITERION)];
  const here = at?.closest<HTMLElement>(CRITERION) ?? null;
  if (at instanceof HTMLInputElement && here === null) return; // the radio buttons of something else
  if (/^[1-5]$/.test(event.key)) {
    const criterion = here ?? criteria.find((one) => !one.querySelector("input:checked"));
    const radio = criterion?.querySelector<HTMLInputElement>(`input[type=radio][value="${event.key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (here === null && at !== document.body && at !== null) return;
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = criteria[here ? criteria.indexOf(here) + step : 0];
    if (!next) return;
    event.preventDefault();
    const goal = next.querySelector<HTMLInputElement>("input:checked") ??
      next.querySelector<HTMLInputElement>("input[type=radio]");
    goal?.focus();
    next.scrollIntoView({ block: "nearest" });
  }
}
