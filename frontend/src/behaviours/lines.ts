/** Tables of a form: one more line, made of the last one (`<fieldset data-line="table">`). */
const MOST = 60;
const done = new WeakSet<Element>();

export function lines(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-add-line]")) {
    if (done.has(button)) continue;
    done.add(button);
    button.type = "button"; // without a script it saves, and the page comes back with more lines
    button.textContent = button.dataset["addWords"] ?? button.textContent;
    button.addEventListener("click", () => {
      const { form } = button;
      if (form) addLine(form, button.dataset["addLine"] ?? "")?.querySelector<HTMLElement>("input")?.focus();
    });
  }
}

export function addLine(form: HTMLFormElement, table: string): HTMLElement | null {
  const all = form.querySelectorAll<HTMLElement>(`[data-line="${table}"]`);
  const last = all[all.length - 1];
  if (!last || all.length >= MOST) return null;
  const made = last.cloneNode(true) as HTMLElement;
  const [from, to] = [`${table}-${all.length - 1}-`, `${table}-${all.length}-`];
  for (const element of made.querySelectorAll<HTMLElement>("*"))
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll(from, to));
    }
  const legend = made.querySelector("legend");
  if (legend) legend.textContent = (legend.textContent ?? "").replace(/\d+(?=\D*$)/, String(all.length + 1));
  for (const bad of made.querySelectorAll(".errors, [data-theirs]")) bad.remove();
  for (const input of made.querySelectorAll<HTMLInputElement>("input")) {
    if (input.type === "checkbox") input.checked = input.defaultChecked = false;
    else input.value = input.defaultValue = "";
  }
  last.after(made);
  return made;
}

/** Add lines to the table of a control until there is one of this name, as far as there may be. */
export function addLinesFor(form: HTMLFormElement, name: string): void {
  const table = /^([a-z]+)-\d+-/.exec(name)?.[1];
  if (!table) return;
  while (!form.querySelector(`[name="${CSS.escape(name)}"]`)) if (!addLine(form, table)) return;
}
