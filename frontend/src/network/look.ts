/** Colours of the page's tokens, and how names are written beside the nodes, in both themes. */
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import { type Palette, palette } from "../map/palette.ts";

export interface Look extends Palette {
  edge: string;
  path: string;
  faint: string;
}

export function lookOf(box: HTMLElement): Look {
  const found = palette(box);
  return { ...found, edge: mixed(found.ink, found.land, 0.16), faint: mixed(found.ink, found.land, 0.08), path: found.cluster };
}

/** A colour between two, as WebGL reads it: transparent lines would be dear where many cross. */
function mixed(one: string, other: string, share: number): string {
  const parts = (color: string) => (color.match(/[\d.]+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
  const [above, below] = [parts(one), parts(other)];
  return `rgb(${above.map((part, at) => Math.round(part * share + below[at]! * (1 - share))).join(", ")})`;
}

type Lettering = Pick<Settings, "labelWeight" | "labelSize" | "labelFont">;
type Labelled = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

export function drawLabel(look: () => Look) {
  return (pen: CanvasRenderingContext2D, node: Labelled, settings: Lettering): void => {
    if (!node.label) return;
    pen.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = look().land;
    pen.fillStyle = look().ink;
    const at: [number, number] = [node.x + node.size + 4, node.y + settings.labelSize / 3];
    pen.strokeText(node.label, ...at);
    pen.fillText(node.label, ...at);
  };
}

export function drawHover(look: () => Look) {
  const label = drawLabel(look);
  return (pen: CanvasRenderingContext2D, node: Labelled, settings: Lettering): void => {
    pen.beginPath();
    pen.arc(node.x, node.y, node.size + 3, 0, 2 * Math.PI);
    pen.strokeStyle = look().ink;
    pen.lineWidth = 2;
    pen.stroke();
    label(pen, node, settings);
  };
}
