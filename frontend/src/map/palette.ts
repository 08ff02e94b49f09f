/** Colours of the page's tokens as the map needs them: resolved for the theme in force. */

export interface Palette {
  sea: string;
  land: string;
  border: string;
  ink: string;
  muted: string;
  cluster: string;
  onCluster: string;
  series: string[];
  shades: string[];
  marks: Record<string, string>;
}

export const SERIES = 8;
const SHADES = 5;
const MARKS = ["mine", "port", "rail", "corridor", "energy", "other"];

export function palette(inside: HTMLElement): Palette {
  const probe = document.createElement("span");
  inside.append(probe);
  const color = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const found: Palette = {
    sea: color("sunken"),
    land: color("surface"),
    border: color("edge"),
    ink: color("ink"),
    muted: color("muted"),
    cluster: color("copper"),
    onCluster: color("on-copper"),
    series: Array.from({ length: SERIES }, (_, index) => color(`series-${index + 1}`)),
    shades: Array.from({ length: SHADES }, (_, index) => color(`shade-${index + 1}`)),
    marks: Object.fromEntries(MARKS.map((name) => [name, color(`mark-${name}`)])),
  };
  probe.remove();
  return found;
}
