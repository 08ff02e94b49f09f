/** What the colours mean, and how many there are of each; the largest first. */

const SERIES = 8;
const SHOWN = 12;

export function legend(box: HTMLElement, names: string[], values: number[], alone = ""): void {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const list = document.createElement("ul");
  list.className = "network-legend";
  [...counts]
    .sort(([one, few], [other, many]) => many - few || one - other)
    .slice(0, SHOWN)
    .forEach(([value, count]) => {
      const line = document.createElement("li");
      const dot = document.createElement("span");
      dot.className = value < 0 ? "dot dot-none" : `dot dot-${(value % SERIES) + 1}`;
      const number = document.createElement("span");
      number.className = "muted";
      number.textContent = count.toLocaleString("en");
      line.append(dot, value < 0 ? alone : (names[value] ?? ""), " ", number);
      list.append(line);
    });
  box.querySelector(".network-legend")?.remove();
  box.append(list);
}
