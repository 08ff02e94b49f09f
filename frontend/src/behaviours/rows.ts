/** `j` and `k` move through the rows of a list; Enter opens, because the title is a link. */
import { isTyping } from "./search.ts";

export function rows(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key !== "j" && event.key !== "k") return;
    const titles = [...document.querySelectorAll<HTMLElement>("[data-rows] .row-title")];
    const here = titles.indexOf(document.activeElement as HTMLElement);
    const next = event.key === "j" ? here + 1 : Math.max(here - 1, 0);
    titles[next]?.focus();
    titles[next]?.scrollIntoView({ block: "nearest" });
  });
}
