/** `/` or Ctrl K opens the search; arrows walk through the suggestions, Escape leaves them. */
export function search(): void {
  const input = document.querySelector<HTMLInputElement>("[data-search]");
  const list = document.getElementById("suggestions");
  if (!input || !list) return;
  document.addEventListener("keydown", (event) => {
    const asked = (event.key === "/" && !isTyping(event.target)) ||
      (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (!asked) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  const box = input.closest(".search");
  box?.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.key === "Escape") {
      list.classList.add("closed");
      input.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...list.querySelectorAll<HTMLElement>("a")];
    const here = stops.indexOf(document.activeElement as HTMLInputElement);
    const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
  input.addEventListener("input", () => list.classList.toggle("closed", !input.value.trim()));
  input.addEventListener("focus", () => list.classList.toggle("closed", !input.value.trim()));
  document.addEventListener("focusin", (event) => {
    if (!box?.contains(event.target as Node)) list.classList.add("closed");
  });
  document.addEventListener("click", (event) => {
    if (!box?.contains(event.target as Node)) list.classList.add("closed");
  });
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
