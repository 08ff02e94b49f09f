/**
 * Long forms save themselves: `<form data-autosave="URL" data-revision="n">`.
 *
 * What is typed is kept in this browser until the server says that it has it, so that neither a lost
 * connection nor an ended session loses a word. The server refuses to overwrite a newer revision (409).
 */
import { setClock, type Clock } from "./clocks.ts";
import { csrfToken } from "./csrf.ts";
import { Draft, readFields, servedFields, type Fields, writeFields } from "./draft.ts";
import { applyMerged, showTheirs, showTotals } from "./merged.ts";
import { language, notice, word } from "./words.ts";

const PAUSE_MS = 2_000;
const RETRY_MS = 15_000;
const PATIENCE_MS = 5_000;
const done = new WeakSet<Element>();

interface Answer extends Clock {
  revision?: number;
  saved_at?: string;
  detail?: string;
  url?: string;
  code?: string;
  fields?: Record<string, string | string[]>;
  merged?: Record<string, string>; // what colleagues wrote, by control
  clashes?: Record<string, { label: string; text: string }>; // what they wrote in the same place
  totals?: Record<string, string>;
  unsubmitted?: number | null;
}

export function autosave(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-autosave]")) {
    if (done.has(form)) continue;
    done.add(form);
    new Autosave(form).start();
  }
}

class Autosave {
  readonly #form: HTMLFormElement;
  readonly #url: string;
  readonly #draft: Draft;
  #saved: Fields;
  #revision: number;
  #basis: number | null = null; // after a conflict: what the words here were written on
  #savedAt = "";
  #timer = 0;
  #seen = "";
  #running: Promise<void> | null = null; // a save that is under way
  #waiting = false; // to be submitted after it
  #stopped = false; // after a conflict, until the person decides

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#url = form.dataset["autosave"] ?? "";
    this.#revision = Number(form.dataset["revision"] ?? 0);
    this.#draft = new Draft(this.#url);
    this.#saved = servedFields(form);
  }

  start(): void {
    this.#restore();
    this.#servedConflict();
    this.#form.addEventListener("input", () => this.#changed());
    this.#form.addEventListener("change", () => this.#changed());
    this.#form.addEventListener("submit", (event) => this.#submitted(event), { capture: true }); // before the guard
    document.addEventListener("visibilitychange", () => {
      if (this.#dirty().length > 0) void this.#save(); // leaving, or back after signing in elsewhere
    });
    this.#form.addEventListener("minka:newer", () => void this.#save(true)); // a colleague saved
    addEventListener("online", () => this.#later(0));
    addEventListener("focus", () => this.#later(0));
    if (this.#dirty().length > 0) this.#changed(); // written in before this script ran
  }

  /** Two saves at once would be a conflict with oneself: the one that is under way comes first. */
  #submitted(event: SubmitEvent): void {
    clearTimeout(this.#timer);
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
    if (this.#dirty().length > 0) this.#keep(button === "submit"); // by which it is handed in at once
    if (!this.#running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.#waiting) return;
    this.#waiting = true;
    const patience = new Promise((tired) => setTimeout(tired, PATIENCE_MS));
    void Promise.race([this.#running, patience]).then(() => {
      this.#running = null;
      this.#waiting = false;
      this.#form.requestSubmit(event.submitter);
    });
  }

  #dirty(): string[] {
    const now = readFields(this.#form);
    const names = new Set([...Object.keys(now), ...Object.keys(this.#saved)]);
    return [...names].filter((name) => String(now[name]) !== String(this.#saved[name]));
  }

  /** The page itself shows a conflict: nothing is saved before the person says so, but all is kept here. */
  #servedConflict(): void {
    const { basedOn, see } = this.#form.dataset;
    if (basedOn === undefined) return;
    this.#basis = Number(basedOn);
    this.#keep(false);
    this.#conflict({ revision: this.#revision, ...(see ? { url: see } : {}) });
  }

  /** Put back what this browser kept, unless the server has just that. */
  #restore(): void {
    if ("unsaved" in this.#form.dataset) {
      this.#saved = {}; // the page shows what the server refused: it has none of it
      return;
    }
    const kept = this.#draft.read();
    if (!kept) return;
    const served = this.#saved;
    writeFields(this.#form, kept.fields);
    if (this.#dirty().every((name) => alike(kept.fields[name], served[name]))) {
      writeFields(this.#form, served);
      return this.#draft.drop();
    }
    this.#revision = kept.revision; // a newer revision on the server answers 409 instead of being lost
    this.#form.prepend(notice(word("restored"), "info"));
    this.#form.dispatchEvent(new Event("minka:restored", { bubbles: true }));
    this.#changed();
  }

  /** Leaving a field says "changed" again: what was seen before must not wipe a message. */
  #changed(): void {
    const now = JSON.stringify(readFields(this.#form));
    if (now === this.#seen) return;
    this.#seen = now;
    if (this.#stopped) return this.#keep(false);
    if (this.#dirty().length === 0) {
      this.#draft.drop();
      return this.#show();
    }
    this.#keep(false);
    this.#show();
    this.#later(PAUSE_MS);
  }

  #keep(submitted: boolean): void {
    this.#draft.write({ revision: this.#basis ?? this.#revision, submitted, fields: readFields(this.#form) });
  }

  #later(pause: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = window.setTimeout(() => void this.#save(), pause);
  }

  async #save(evenUnchanged = false): Promise<void> {
    if (this.#running || this.#stopped || this.#form.dataset["sent"]) return;
    if (!evenUnchanged && this.#dirty().length === 0) return;
    this.#say(word("saving"));
    const running = this.#send(readFields(this.#form));
    this.#running = running;
    await running;
    if (this.#running === running) this.#running = null;
  }

  async #send(sent: Fields): Promise<void> {
    try {
      await this.#read(await this.#post(sent), sent);
    } catch {
      this.#say(word("offline"), "bad");
      this.#later(RETRY_MS);
    }
  }

  #post(fields: Fields): Promise<Response> {
    const body = new FormData();
    for (const [name, values] of Object.entries(fields)) for (const value of values) body.append(name, value);
    body.set("revision", String(this.#revision));
    return fetch(this.#url, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" },
    });
  }

  async #read(response: Response, sent: Fields): Promise<void> {
    const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
    const answer: Answer = isJson ? ((await response.json()) as Answer) : {};
    if (response.ok && isJson) return this.#accepted(answer, sent);
    if (response.status === 409) {
      this.#basis = this.#revision;
      if (answer.clashes) this.#take(answer, sent, Object.keys(answer.clashes));
      return this.#conflict(answer);
    }
    if (response.status === 422) {
      const reasons = Object.values(answer.fields ?? {}).flat().join(" ");
      return this.#say(`${word("invalid")} ${reasons || (answer.detail ?? "")}`, "bad");
    }
    const sessionOver = response.type === "opaqueredirect" || response.status === 401 ||
      (response.status === 403 && answer.code !== "not_allowed");
    if (sessionOver) return this.#signIn();
    if (response.status >= 500) throw new Error("try again later");
    this.#say(answer.detail ?? word("refused"), "bad");
  }

  /** The server has it, except the fields that it names: those stay unsaved, with the reason. */
  #accepted(answer: Answer, sent: Fields): void {
    const refused = answer.fields ?? {};
    this.#take(answer, sent, Object.keys(refused));
    const at = answer.saved_at ? new Date(answer.saved_at) : new Date();
    this.#savedAt = at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const dirty = this.#dirty();
    if (dirty.length === 0) this.#draft.drop();
    else {
      this.#keep(false);
      const now = readFields(this.#form);
      if (dirty.some((name) => String(now[name]) !== String(sent[name]))) this.#later(PAUSE_MS);
    }
    this.#show();
    const reasons = Object.values(refused).flat().join(" ");
    if (reasons) this.#say(`${word("saved", { time: this.#savedAt })} · ${word("invalid")} ${reasons}`, "bad");
  }

  /** What was sent is saved but for `not`; what colleagues wrote comes into the form. */
  #take(answer: Answer, sent: Fields, not: string[]): void {
    for (const [name, values] of Object.entries(sent)) if (!not.includes(name)) this.#saved[name] = values;
    const merged = applyMerged(this.#form, answer.merged ?? {}, sent);
    Object.assign(this.#saved, merged.saved);
    // words that could not be put in their place: the next save starts from where this one did
    if (merged.isWhole) this.#revision = answer.revision ?? this.#revision;
    const hidden = this.#form.querySelector<HTMLInputElement>("input[name=revision]");
    if (hidden) hidden.value = String(this.#revision);
    this.#seen = JSON.stringify(readFields(this.#form));
    showTotals(this.#form, answer.totals ?? {}, answer.unsubmitted);
    setClock(answer);
  }

  #conflict(answer: Answer): void {
    this.#stopped = true;
    if (this.#dirty().length > 0) this.#keep(false);
    showTheirs(this.#form, answer.clashes ?? {});
    const actions = document.createElement("p");
    actions.className = "cluster";
    if (answer.url) actions.append(link(answer.url, word("seeServer")));
    const { revision } = answer;
    if (revision !== undefined) {
      const keepMine = document.createElement("button");
      keepMine.type = "button";
      keepMine.className = "button secondary small";
      keepMine.textContent = word("keepMine");
      keepMine.addEventListener("click", () => {
        this.#revision = revision;
        this.#basis = null;
        this.#stopped = false;
        showTheirs(this.#form, {});
        void this.#save();
      });
      actions.append(keepMine);
    }
    this.#say(answer.detail ?? word("conflict"), "bad", actions);
  }

  #signIn(): void {
    const next = encodeURIComponent(location.pathname + location.search);
    const address = document.getElementById("words")?.dataset["loginUrl"] ?? "/";
    this.#say(word("session"), "bad", link(`${address}?next=${next}`, word("signin")));
  }

  #show(): void {
    const count = this.#dirty().length;
    const saved = this.#savedAt ? word("saved", { time: this.#savedAt }) : "";
    const unsaved = count ? word(count === 1 ? "unsavedOne" : "unsavedMany", { count }) : "";
    this.#say([saved, unsaved].filter(Boolean).join(" · "), count ? "" : "ok");
  }

  #say(text: string, tone: "" | "ok" | "bad" = "", extra?: Element): void {
    const place = this.#form.querySelector<HTMLElement>("[data-savestatus]");
    if (!place) return;
    place.dataset["tone"] = tone;
    place.replaceChildren(text, ...(extra ? [" ", extra] : []));
  }
}

/** Whether a server that trims texts and writes 7 as 7.00 means the same. */
function alike(mine: string[] = [], theirs: string[] = []): boolean {
  const plain = (value: string) => (value.trim() === "" || isNaN(Number(value)) ? value.trim() : String(Number(value)));
  return mine.map(plain).join("\n") === theirs.map(plain).join("\n");
}

function link(url: string, text: string): HTMLAnchorElement {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.target = "_blank";
  anchor.textContent = text;
  return anchor;
}
