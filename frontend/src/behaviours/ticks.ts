/** Ticks of the directory stay from page to page: each is told to the server as it is made. */
import { csrfToken } from "./csrf.ts";

export function ticks(): void {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches("[data-tick]")) return;
    event.stopPropagation();
    void tell(box);
  });
}

async function tell(box: HTMLInputElement): Promise<void> {
  const line = document.querySelector<HTMLElement>("[data-ticks]");
  const address = line?.dataset["ticks"];
  if (!line || !address) return;
  const body = new URLSearchParams({ one: box.value, ...(box.checked ? { actor: box.value } : {}) });
  const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
  const answer = await fetch(address, { method: "POST", body, headers, keepalive: true }).catch(() => undefined);
  if (!answer?.ok) return;
  const count = await answer.text();
  const told = line.querySelector("[data-ticks-count]");
  if (told) told.textContent = count;
  line.hidden = count === "0";
}
