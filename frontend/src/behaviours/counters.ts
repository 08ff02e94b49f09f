/** Long texts say how long they are: `<textarea data-words="200" data-words-text="{count} of {limit} words">`. */
const done = new WeakSet<Element>();

export function counters(root: ParentNode): void {
  for (const area of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-words]")) {
    if (done.has(area)) continue;
    done.add(area);
    count(area);
  }
}

function count(area: HTMLTextAreaElement): void {
  const limit = Number(area.dataset["words"]);
  const line = document.createElement("p");
  line.className = "wordcount";
  line.id = `${area.id}_words`;
  area.after(line);
  area.setAttribute("aria-describedby", [area.getAttribute("aria-describedby"), line.id].filter(Boolean).join(" "));
  const show = () => {
    const words = area.value.trim().split(/\s+/).filter(Boolean).length;
    line.textContent = (area.dataset["wordsText"] ?? "")
      .replace("{count}", String(words))
      .replace("{limit}", String(limit));
    line.classList.toggle("wordcount-over", words > limit);
  };
  area.addEventListener("input", show);
  area.form?.addEventListener("minka:restored", show);
  show();
}
