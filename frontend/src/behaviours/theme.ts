/** Change light and dark at once; without a script the same form goes to the server. */
const YEAR_S = 365 * 24 * 3600;

export function theme(): void {
  const form = document.querySelector<HTMLFormElement>("[data-theme-form]");
  form?.addEventListener("submit", (event) => {
    const chosen = (event.submitter as HTMLButtonElement | null)?.value;
    if (!chosen) return;
    event.preventDefault();
    document.documentElement.dataset["theme"] = chosen;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `minka_theme=${chosen}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`;
    for (const button of form.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.value === chosen));
    form.closest("details")?.removeAttribute("open");
    document.dispatchEvent(new CustomEvent("minka:theme"));
  });
}
