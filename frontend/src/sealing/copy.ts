/** The one copy of what is written: in this browser, and in files that the person saves. */
import type { Fields } from "../behaviours/draft.ts";

const PREFIX = "minka:sealing:";
const FORMAT = "minka-proposal";
const VERSION = 1;

export class OwnCopy {
  readonly #key: string;

  constructor(proposal: string) {
    this.#key = PREFIX + proposal;
  }

  read(): Fields | null {
    try {
      return fieldsOf(localStorage.getItem(this.#key) ?? "");
    } catch {
      return null; // there is none, or this browser keeps nothing
    }
  }

  /** Keep the fields; false when this browser keeps nothing. */
  keep(fields: Fields): boolean {
    try {
      localStorage.setItem(this.#key, written(fields));
      return true;
    } catch {
      return false;
    }
  }

  forget(): void {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // it keeps nothing: there is nothing to forget
    }
  }
}

export function written(fields: Fields): string {
  return JSON.stringify({ [FORMAT]: VERSION, fields }, null, 2);
}

/** Return the fields that a text holds; throws when it holds none. */
export function fieldsOf(text: string): Fields {
  const said = JSON.parse(text) as { [FORMAT]?: number; fields?: Fields };
  const lists = Object.values(said.fields ?? {});
  const isWhole = lists.every((list) => Array.isArray(list) && list.every((one) => typeof one === "string"));
  if (said[FORMAT] !== VERSION || !said.fields || !isWhole) throw new Error("not a proposal");
  return said.fields;
}
