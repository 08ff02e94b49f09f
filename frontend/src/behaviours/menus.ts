/** Menus close when one looks away; the rail is a sheet on a phone. */
export function menus(): void {
  const opened = () => document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of opened()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  sheet();
}

function sheet(): void {
  const rail = document.getElementById("rail");
  const opener = document.querySelector<HTMLElement>("[data-sheet-open]");
  if (!rail || !opener) return;
  opener.setAttribute("role", "button");
  const set = (open: boolean) => {
    rail.classList.toggle("open", open);
    opener.setAttribute("aria-expanded", String(open));
    (open ? rail.querySelector<HTMLElement>("a") : opener)?.focus();
  };
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    set(!rail.classList.contains("open"));
  });
  rail.querySelector("[data-sheet-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    set(false);
  });
  document.addEventListener("click", (event) => {
    if (rail.classList.contains("open") && !rail.contains(event.target as Node)) set(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && rail.classList.contains("open")) set(false);
  });
}
