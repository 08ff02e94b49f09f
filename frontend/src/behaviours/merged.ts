/** Words of colleagues come into a form that is being written in. */
import { readFields, type Fields } from "./draft.ts";
import { addLinesFor } from "./lines.ts";
import { notice, word } from "./words.ts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Taken {
  saved: Fields; // what the server has, by control
  isWhole: boolean; // false: something could not be put in its place
}

/** Put merged values into their controls; what was typed since they were sent stays. */
export function applyMerged(form: HTMLFormElement, merged: Record<string, string>, sent: Fields): Taken {
  const taken: Taken = { saved: {}, isWhole: true };
  const now = readFields(form);
  for (const [name, value] of Object.entries(merged)) {
    const control = find(form, name) ?? withMoreLines(form, name);
    if (!control) {
      taken.isWhole &&= value === "";
      continue;
    }
    const [before = "", typed = ""] = [sent[name]?.[0], now[name]?.[0]];
    const goal = before === typed ? value : replayed(before, typed, value);
    if (goal === null) {
      taken.isWhole = false;
      continue;
    }
    put(control, goal);
    taken.saved[name] = value === "" && isTick(control) ? [] : [value];
  }
  if (Object.keys(merged).length > 0) form.dispatchEvent(new Event("minka:restored", { bubbles: true }));
  return taken;
}

/** What a colleague wrote in the same place stands under the control; nothing is lost. */
export function showTheirs(form: HTMLFormElement, clashes: Record<string, { label: string; text: string }>): void {
  for (const old of form.querySelectorAll("[data-theirs]")) old.remove();
  for (const [name, { text }] of Object.entries(clashes)) {
    const words = document.createElement("p");
    words.className = "theirs-text";
    words.textContent = text || "—";
    const box = notice(word("theirs"), "warn", words);
    box.dataset["theirs"] = name;
    find(form, name)?.after(box);
  }
}

export function showTotals(form: HTMLFormElement, totals: Record<string, string>, unsubmitted?: number | null): void {
  for (const [name, text] of Object.entries(totals))
    for (const place of form.querySelectorAll<HTMLElement>(`[data-total="${name}"]`)) place.textContent = text;
  if (unsubmitted === undefined || unsubmitted === null) return;
  for (const badge of document.querySelectorAll<HTMLElement>("[data-unsubmitted]")) {
    const { one = "", many = "", none = "" } = badge.dataset;
    const text = unsubmitted === 0 ? none : unsubmitted === 1 ? one : many;
    badge.textContent = text.replace("{count}", String(unsubmitted));
  }
}

/** Do again, on their text, what was typed since: the lines that changed, where they still stand. */
function replayed(before: string, typed: string, theirs: string): string | null {
  const [old, mine, goal] = [before, typed, theirs].map((text) => text.split("\n")) as [string[], string[], string[]];
  let head = 0;
  while (head < old.length && head < mine.length && old[head] === mine[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < mine.length - head && old.at(-1 - tail) === mine.at(-1 - tail)) tail += 1;
  const changed = old.slice(head, old.length - tail);
  if (changed.length === 0) return null;
  const places = goal.map((_, at) => at).filter((at) => changed.every((line, step) => goal[at + step] === line));
  if (places.length !== 1) return null;
  goal.splice(places[0] ?? 0, changed.length, ...mine.slice(head, mine.length - tail));
  return goal.join("\n");
}

function withMoreLines(form: HTMLFormElement, name: string): Control | null {
  addLinesFor(form, name);
  return find(form, name);
}

function find(form: HTMLFormElement, name: string): Control | null {
  return form.querySelector<Control>(`[name="${CSS.escape(name)}"]`);
}

function isTick(control: Control): boolean {
  return control instanceof HTMLInputElement && control.type === "checkbox";
}

function put(control: Control, value: string): void {
  if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value !== "";
  else if (control.value !== value) {
    const here = document.activeElement === control && control instanceof HTMLTextAreaElement ? control.selectionStart : null;
    control.value = value;
    if (here !== null) (control as HTMLTextAreaElement).setSelectionRange(here, here);
  }
}
