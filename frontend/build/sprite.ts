/** One SVG sprite from the icon names in icons.json, plus our own mark. */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { MARK } from "./mark.ts";

const ICONS = "node_modules/lucide-static/icons";

export function sprite(): Plugin {
  return {
    name: "minka-sprite",
    buildStart() {
      this.addWatchFile("icons.json");
    },
    generateBundle() {
      const names = JSON.parse(readFileSync("icons.json", "utf8")) as string[];
      const symbols = names.map((name) => symbol(name, inner(name)));
      symbols.push(symbol("mark", MARK));
      this.emitFile({
        type: "asset",
        name: "sprite.svg",
        originalFileName: "sprite.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
      });
      this.emitFile({
        type: "asset",
        name: "mark.svg",
        originalFileName: "mark.svg",
        source: markFile(),
      });
    },
  };
}

function inner(name: string): string {
  const file = readFileSync(`${ICONS}/${name}.svg`, "utf8");
  const body = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(file)?.[1];
  if (!body) throw new Error(`icons.json: ${name} is no icon of lucide-static`);
  return body.replace(/\s+/g, " ").replaceAll("> <", "><").trim();
}

function symbol(id: string, body: string): string {
  return (
    `<symbol id="${id}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"` +
    ` stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`
  );
}

/** The mark as a file of its own, for the browser's tab: one copper that reads on light and dark. */
function markFile(): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#C2672B"` +
    ` stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${MARK}</svg>`
  );
}
