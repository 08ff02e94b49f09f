/** The review with the keyboard alone: an answer shows the next pair at once and is sent meanwhile. */
import { isTyping } from "./search.ts";

let sending: Promise<void> = Promise.resolve();
let inFlight = 0;

export function review(): void {
  document.addEventListener("keydown", (event) => {
    const desk = document.querySelector("[data-review]");
    if (!desk || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const pressed = [...desk.querySelectorAll<HTMLElement>("[data-key]")]
      .find((one) => one.dataset["key"]?.split(" ").includes(key));
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.closest("[data-review]")) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    showNext(form);
    inFlight += 1;
    sending = sending.then(() => send(form.action, body)).finally(() => { inFlight -= 1; });
  });
}

/** Put the pair that came along in the place of the one that was answered. */
function showNext(form: HTMLFormElement): void {
  const pair = form.closest("[data-pair]");
  const following = document.querySelector<HTMLTemplateElement>("[data-following]");
  if (!pair) return;
  if (!following) {
    pair.setAttribute("aria-busy", "true");
    return;
  }
  pair.replaceWith(following.content);
  following.remove();
}

/** Send an answer; what comes back is shown unless more answers are under way. */
async function send(address: string, body: FormData): Promise<void> {
  const answer = await fetch(address, {
    method: "POST", body, headers: { "X-Requested-With": "fetch" },
  }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    location.reload(); // the session is over, or the connection: the page says which
    return;
  }
  const text = await answer.text();
  if (inFlight > 1) return;
  const desk = new DOMParser().parseFromString(text, "text/html").querySelector("[data-review]");
  if (desk) document.querySelector("[data-review]")?.replaceWith(desk);
}
