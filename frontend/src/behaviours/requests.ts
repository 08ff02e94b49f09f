/** What htmx sends and what it may put into the page. */
import type { HtmxRequestCtx } from "htmx.org";
import { csrfToken } from "./csrf.ts";
import { notice, word } from "./words.ts";

type HtmxEvent = CustomEvent<{ ctx: HtmxRequestCtx & { text?: string } }>;

export function requests(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = (event as unknown as HtmxEvent).detail.ctx;
    if (request.method.toUpperCase() !== "GET") request.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = (event as unknown as HtmxEvent).detail;
    if (!/^\s*<!doctype html/i.test(ctx.text ?? "")) return;
    event.preventDefault(); // a whole page has no place inside a fragment
    if (ctx.response?.raw.redirected) location.reload(); // the session ended: sign in, come back
    else say(word("network"));
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = (event as unknown as HtmxEvent).detail;
    if (!ctx?.response) say(word("network"));
  });
}

function say(text: string): void {
  document.getElementById("messages")?.replaceChildren(notice(text, "danger"));
}
