/** The copy of a form that this browser keeps until the server has it. */
import { addLinesFor } from "./lines.ts";
import { notice, word } from "./words.ts";

export type Fields = Record<string, string[]>;

export interface Kept {
  revision: number;
  submitted: boolean;
  fields: Fields;
}

const PREFIX = "minka:draft:";
const NEVER = new Set(["csrfmiddlewaretoken", "revision"]);

export class Draft {
  readonly #key: string;

  constructor(url: string) {
    this.#key = `${PREFIX}${document.documentElement.dataset["person"] ?? ""}:${url}`; // nobody else's here
  }

  read(): Kept | null {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "null") as Kept | null;
    } catch {
      return null; // storage refused or spoiled: there is nothing to put back
    }
  }

  write(kept: Kept): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Private windows may refuse storage; saving on the server goes on.
    }
  }

  drop(): void {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // See write().
    }
  }
}

/** Whoever signs out leaves nothing behind in this browser. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // See Draft.write().
  }
}

/**
 * What ends what was written: signing out (`data-forget-drafts`), handing in (`data-forget="address"`), and the
 * receipt of what the editor itself handed in (`data-handed-in="address"`).
 */
export function forgetting(): void {
  for (const receipt of document.querySelectorAll<HTMLElement>("[data-handed-in]")) {
    const kept = new Draft(receipt.dataset["handedIn"] ?? "");
    const before = Number(receipt.dataset["revision"]) - 1; // what it was written on
    const words = kept.read();
    if (words?.submitted && words.revision === before) kept.drop(); // other words have not arrived
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-forget]")) {
    const kept = new Draft(form.dataset["forget"] ?? "");
    if (kept.read()) form.prepend(notice(word("keptHere"), "warn"));
    form.addEventListener("submit", () => kept.drop());
  }
  for (const form of document.querySelectorAll("form[data-forget-drafts]"))
    form.addEventListener("submit", forgetDrafts);
}

/** Every value by name; files and passwords are left out. Unchecked boxes count as empty lists. */
export function readFields(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const control of controls(form)) fields[control.name] ??= [];
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && fields[name]) fields[name].push(value.replaceAll("\r\n", "\n"));
  return fields;
}

/** What the server sent, whatever was typed since: a page on a weak link is written in before its script runs. */
export function servedFields(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const control of controls(form)) {
    const values = (fields[control.name] ??= []);
    if (control.matches(":disabled")) continue; // a form does not send it
    if (control instanceof HTMLSelectElement) values.push(...served(control));
    else if (/^(checkbox|radio)$/.test(control.type)) {
      if ((control as HTMLInputElement).defaultChecked) values.push(control.value);
    } else values.push(servedText(control));
  }
  return fields;
}

/** Browsers write numbers and dates their own way: what was filled in counts as it stands now. */
function servedText(control: HTMLInputElement | HTMLTextAreaElement): string {
  const isText = control instanceof HTMLTextAreaElement || /^(text|search|email|url|tel|hidden)$/.test(control.type);
  return control.defaultValue && !isText ? control.value : control.defaultValue.replaceAll("\r\n", "\n");
}

function served(select: HTMLSelectElement): string[] {
  const options = [...select.options];
  const chosen = options.filter((option) => option.defaultSelected);
  if (chosen.length === 0 && !select.multiple) chosen.push(...options.slice(0, 1));
  return chosen.map((option) => option.value);
}

export function writeFields(form: HTMLFormElement, fields: Fields): void {
  const left = structuredClone(fields);
  for (const [name, values] of Object.entries(fields)) if (values.some(Boolean)) addLinesFor(form, name); // they were added here
  for (const control of controls(form)) {
    const values = left[control.name];
    if (!values) continue;
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type))
      control.checked = values.includes(control.value);
    else if (control instanceof HTMLSelectElement)
      for (const option of control.options) option.selected = values.includes(option.value);
    else control.value = values.shift() ?? "";
  }
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter((element): element is Control =>
    (element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) &&
    element.name !== "" && !NEVER.has(element.name) && !/^(file|password|submit)$/.test(element.type));
}
