/** Dialogs open without a script (popover); with one they hold the focus, as a dialog should. */
export function dialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
      if (dialog instanceof HTMLDialogElement) {
        event.preventDefault();
        dialog.removeAttribute("popover");
        opener.closest("details")?.removeAttribute("open");
        dialog.showModal();
      }
      return;
    }
    const dialog = target.closest<HTMLDialogElement>("dialog[open]");
    if (dialog && (target === dialog || target.closest("[data-dialog-close]"))) dialog.close();
  });
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement) matchName(event.target);
  });
  document.querySelectorAll<HTMLInputElement>("[data-confirm-name]").forEach(matchName);
}

/** A destructive act waits until its name is typed. The server checks it again. */
function matchName(input: HTMLInputElement): void {
  const wanted = input.dataset["confirmName"];
  if (wanted === undefined) return;
  const plain = (text: string) => text.trim().toLocaleLowerCase();
  const button = input.form?.querySelector<HTMLButtonElement>("button:not([type=button])");
  if (button) button.disabled = plain(input.value) !== plain(wanted);
}
