/** Sentences that scripts say; the server writes them in the page's language (core/_words.html). */

const template = document.getElementById("words");

export function word(name: string, values: Record<string, string | number> = {}): string {
  const text = template?.dataset[name] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}

export const language = document.documentElement.lang || "es";
export const clusterZone = document.documentElement.dataset["zone"] ?? "America/Lima";

/** A message in the page, as `{% notice %}` draws it. */
export function notice(text: string, tone: "info" | "ok" | "warn" | "danger", extra?: Element): HTMLElement {
  const box = document.createElement("div");
  box.className = `notice notice-${tone}`;
  const words = document.createElement("div");
  const line = document.createElement("p");
  line.textContent = text;
  words.append(line);
  if (extra) words.append(extra);
  box.append(words);
  return box;
}
