/** The copy of a form that this browser keeps until the server has it. */

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
    this.#key = PREFIX + url;
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

/** Every value by name; files and passwords are left out. Unchecked boxes count as empty lists. */
export function readFields(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const control of controls(form)) fields[control.name] ??= [];
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && fields[name]) fields[name].push(value.replaceAll("\r\n", "\n"));
  return fields;
}

export function writeFields(form: HTMLFormElement, fields: Fields): void {
  const left = structuredClone(fields);
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
