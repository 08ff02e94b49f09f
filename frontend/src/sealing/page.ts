/**
 * The page that seals: fields of the form, whichever they are, and files; one part each.
 *
 * The form cannot be sent: its method is `dialog`, which a browser without this script ignores as well.
 */
import { csrfToken } from "../behaviours/csrf.ts";
import { readFields, writeFields } from "../behaviours/draft.ts";
import { addLine } from "../behaviours/lines.ts";
import { language } from "../behaviours/words.ts";
import type { Sealed } from "./container.ts";
import { fieldsOf, OwnCopy, written } from "./copy.ts";
import { type Chosen, partsOf, sealAll } from "./parts.ts";

const KEEPS_AFTER_MS = 400;

/** Where the receipt is: of this submission, or of an earlier one whose answer was lost. */
interface Answer {
  url?: string;
  sha256?: string[];
  detail?: string;
}

export class Sealer {
  readonly #form: HTMLFormElement;
  readonly #copy: OwnCopy;
  #timer = 0;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#copy = new OwnCopy(this.#said("proposal"));
  }

  start(): void {
    const kept = this.#copy.read();
    if (kept) this.#fill(kept);
    this.#form.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#keep(), KEEPS_AFTER_MS);
    });
    addEventListener("pagehide", () => this.#keep());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#isReady()) void this.#submit();
    });
    const hidden = document.querySelectorAll<HTMLElement>("[data-seal-go], [data-seal-copy]");
    for (const element of hidden) element.hidden = false;
    document.querySelector("[data-seal-save]")?.addEventListener("click", () => this.#save());
    document.querySelector("[data-seal-forget]")?.addEventListener("click", () => this.#forget());
    const load = document.querySelector<HTMLInputElement>("[data-seal-load]");
    load?.addEventListener("change", () => void this.#load(load));
  }

  #said(name: string): string {
    return this.#form.dataset[name] ?? "";
  }

  #word(name: string, values: Record<string, string> = {}): string {
    return this.#said(`word${name}`).replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
  }

  #tell(text: string, tone: "" | "ok" | "bad" = ""): void {
    const place = this.#form.querySelector<HTMLElement>("[data-seal-status]");
    if (!place) return;
    place.dataset["tone"] = tone;
    place.textContent = text;
  }

  #keep(): void {
    clearTimeout(this.#timer);
    const time = new Date().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    if (this.#copy.keep(readFields(this.#form))) this.#tell(this.#word("Kept", { time }), "ok");
    else this.#tell(this.#word("NotKept"), "bad");
  }

  #fill(fields: ReturnType<typeof readFields>): void {
    for (const name of Object.keys(fields)) this.#makeRoom(name);
    writeFields(this.#form, fields);
    this.#form.dispatchEvent(new Event("minka:restored", { bubbles: true }));
  }

  /** Tables have as many lines as were written. */
  #makeRoom(name: string): void {
    const [, table] = /^(\w+)-\d+-/.exec(name) ?? [];
    if (table) while (!this.#form.elements.namedItem(name)) if (!addLine(this.#form, table)) return;
  }

  #save(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written(readFields(this.#form))], { type: "application/json" }));
    link.download = `${this.#said("proposal")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  async #load(input: HTMLInputElement): Promise<void> {
    try {
      this.#fill(fieldsOf((await input.files?.[0]?.text()) ?? ""));
      this.#keep();
    } catch {
      this.#tell(this.#word("Unreadable"), "bad");
    }
    input.value = "";
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#form.reset();
    this.#copy.forget();
    this.#tell("");
  }

  #files(): Chosen[] {
    const inputs = this.#form.querySelectorAll<HTMLInputElement>("input[type=file]");
    return [...inputs].flatMap((input) => {
      const isEconomic = "economic" in input.dataset;
      return [...(input.files ?? [])].map((file) => ({ name: file.name, content: file, isEconomic }));
    });
  }

  /** Say what is missing: nobody else will, until the opening. */
  #isReady(): boolean {
    for (const area of this.#form.querySelectorAll<HTMLTextAreaElement>("textarea[data-words]")) {
      const count = area.value.trim().split(/\s+/).filter(Boolean).length;
      area.setCustomValidity(count > Number(area.dataset["words"]) ? this.#word("TooLong") : "");
    }
    for (const select of this.#form.querySelectorAll<HTMLSelectElement>("select[data-at-least]")) {
      const least = this.#form.elements.namedItem(select.dataset["atLeast"] ?? "") as HTMLSelectElement | null;
      select.setCustomValidity(Number(select.value) < Number(least?.value) ? this.#word("Below") : "");
    }
    const files = this.#files();
    const empty = files.find((file) => file.content.size === 0);
    if (empty) this.#tell(this.#word("Empty", { name: empty.name }), "bad");
    const tooMany = files.length > Number(this.#said("mostFiles"));
    if (tooMany) this.#tell(this.#word("TooMany"), "bad");
    return this.#form.reportValidity() && !empty && !tooMany;
  }

  async #submit(): Promise<void> {
    const button = this.#form.querySelector<HTMLButtonElement>("[data-seal-go]");
    if (!button || button.disabled) return;
    button.disabled = true;
    this.#keep();
    try {
      const sealed = await this.#sealAll();
      this.#tell(this.#word("Sending"));
      const answer = await this.#send(sealed);
      if (answer.sha256 && String(answer.sha256) !== String(sealed.map((one) => one.sha256))) {
        this.#tell(this.#word("Differs"), "bad");
        return;
      }
      location.assign(answer.url ?? location.href);
    } catch (error) {
      this.#tell(error instanceof Refused ? error.message : this.#word("Failed"), "bad");
      button.disabled = false;
    }
  }

  async #sealAll(): Promise<Sealed[]> {
    const proposal = {
      call: this.#said("call"),
      id: this.#said("proposal"),
      revision: Number(this.#said("revision")),
      publicKey: Uint8Array.from(this.#said("key").match(/../g) ?? [], (pair) => parseInt(pair, 16)),
      economic: this.#said("economic").split(" ").filter(Boolean),
    };
    const parts = partsOf(proposal, readFields(this.#form), this.#files());
    return sealAll(proposal, parts, (name) => this.#tell(this.#word("Sealing", { name })));
  }

  async #send(sealed: Sealed[]): Promise<Answer> {
    const body = new FormData();
    body.set("revision", this.#said("revision"));
    sealed.forEach(({ content }, at) => body.append("part", content, `${at}.seal`));
    const response = await fetch(this.#said("seal"), {
      method: "POST",
      body,
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" },
    });
    const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
    const answer = isJson ? ((await response.json()) as Answer) : {};
    if (!answer.url) throw new Refused(answer.detail ?? this.#word("Failed"));
    return answer;
  }
}

class Refused extends Error {}
