/** Forms: one click sends once, files are weighed before they travel, errors get the focus. */
import { csrfToken } from "./csrf.ts";
import { language, word } from "./words.ts";

const done = new WeakSet<Element>();

export function forms(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[method=post i]")) guard(form);
  for (const input of root.querySelectorAll<HTMLInputElement>("input[type=file][data-max-bytes]")) weigh(input);
  const summary = root.querySelector<HTMLElement>("form[method=post i] [data-errorsummary]");
  if (summary && !done.has(summary)) {
    done.add(summary);
    summary.focus();
  }
}

/** A second click does nothing. Buttons come back with the page (back button, failed sending). */
function guard(form: HTMLFormElement): void {
  if (done.has(form) || form.matches("[hx-post], [data-theme-form]")) return;
  done.add(form);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset["sent"]) {
      event.preventDefault();
      return;
    }
    form.dataset["sent"] = "yes";
    const token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
    if (token) token.value = csrfToken(); // signing in again, in another tab, changed it
    if (form.matches("[data-guard]")) setTimeout(() => setDisabled(form, true));
  });
  addEventListener("pageshow", () => {
    delete form.dataset["sent"];
    if (form.matches("[data-guard]")) setDisabled(form, false);
  });
}

function setDisabled(form: HTMLFormElement, disabled: boolean): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button:not([type=button])"))
    if (!form.querySelector("[data-confirm-name]")) button.disabled = disabled;
}

function weigh(input: HTMLInputElement): void {
  if (done.has(input)) return;
  done.add(input);
  input.addEventListener("change", () => {
    const limit = Number(input.dataset["maxBytes"]);
    const heaviest = Math.max(0, ...[...(input.files ?? [])].map((file) => file.size));
    const text = heaviest > limit ? word("tooLarge", { size: megabytes(heaviest), limit: megabytes(limit) }) : "";
    input.setCustomValidity(text);
    input.reportValidity();
  });
}

function megabytes(bytes: number): string {
  const number = (bytes / 1024 / 1024).toLocaleString(language === "es" ? "es-PE" : "en", { maximumFractionDigits: 1 });
  return `${number} MB`;
}
