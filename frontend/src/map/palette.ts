/** Colours of the page's tokens as the map needs them: resolved for the theme in force. */

export interface Palette {
  sea: string;
  land: string;
  border: string;
  ink: string;
  cluster: string;
  onCluster: string;
  series: string[];
}

export const SERIES = 8;

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
    cluster: color("copper"),
    onCluster: color("on-copper"),
    series: Array.from({ length: SERIES }, (_, index) => color(`series-${index + 1}`)),
  };
  probe.remove();
  return found;
}
