/** Who else is in a draft: `<form data-presence="URL">` says where one is and hears where others are. */
import { setClock, type Clock } from "./clocks.ts";
import { csrfToken } from "./csrf.ts";

const EVERY_MS = 15_000;
const done = new WeakSet<Element>();

interface Answer extends Clock {
  revision: number;
  people: string[];
}

export function presence(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-presence]")) {
    if (done.has(form)) continue;
    done.add(form);
    const ask = () => { if (document.visibilityState === "visible") void tell(form); };
    setInterval(ask, EVERY_MS);
    addEventListener("focus", ask);
    ask();
  }
}

async function tell(form: HTMLFormElement): Promise<void> {
  const active = document.activeElement;
  const body = new FormData();
  body.set("place", active instanceof HTMLElement && form.contains(active) ? (active.getAttribute("name") ?? "") : "");
  const answer = await fetch(form.dataset["presence"] ?? "", {
    method: "POST", body, redirect: "manual",
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" },
  }).catch(() => null);
  if (!answer?.ok) return; // without connection nobody is seen; saving says so
  const said = (await answer.json()) as Answer;
  const { people, revision } = said;
  setClock(said);
  const place = form.querySelector<HTMLElement>("[data-present]");
  if (place) {
    place.hidden = people.length === 0;
    const others = people.join(" ");
    if (place.textContent !== others) place.textContent = others;
  }
  const mine = Number(form.querySelector<HTMLInputElement>("input[name=revision]")?.value ?? 0);
  if (revision > mine) form.dispatchEvent(new Event("minka:newer"));
}
