/**
 * Questions that an answer on the same page opens: `<div data-question="p_a" data-when='[["p_b","is","yes"]]'>`.
 *
 * The rules are those of `methods/questionnaire.py`; the server decides again with what was saved.
 */
const done = new WeakSet<Element>();

type When = [on: string, test: string, value: string];

export function branching(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-branching]")) {
    if (done.has(form)) continue;
    done.add(form);
    const update = () => open(form);
    form.addEventListener("input", update);
    form.addEventListener("change", update);
    form.addEventListener("minka:restored", update);
    update();
  }
}

/** Closed questions do not count, so that what depends on them closes, too: top to bottom is enough. */
function open(form: HTMLFormElement): void {
  const values = new FormData(form);
  const counting = new Set<string>();
  for (const question of form.querySelectorAll<HTMLElement>("[data-question]")) {
    const name = question.dataset["question"] ?? "";
    const when = JSON.parse(question.dataset["when"] || "[]") as When[];
    const asked = when.every(([on, test, value]) => counting.has(on) && holds(values.getAll(on).map(String), test, value));
    if (question.dataset["when"]) {
      question.hidden = !asked;
      for (const shown of question.querySelectorAll<HTMLInputElement>("input[data-shown]")) shown.disabled = !asked;
    }
    if (asked && values.getAll(name).some((value) => String(value).trim() !== "")) counting.add(name);
  }
}

function holds(answers: string[], test: string, wanted: string): boolean {
  const given = answers.filter((answer) => answer.trim() !== "");
  if (given.length === 0) return false;
  if (test === "answered") return true;
  const have = amount(given[0] ?? "");
  if (test === "at_least") return have >= amount(wanted);
  if (test === "at_most") return have <= amount(wanted);
  const same = given.includes(wanted) || (given.length === 1 && have === amount(wanted));
  return test === "is_not" ? !same : same;
}

/** NaN, which compares with nothing, for what is no number. */
function amount(text: string): number {
  return /^[+-]?\d[\d\s.,]*$/.test(text.trim()) ? Number(text.replace(/[\s,]/g, "")) : Number.NaN;
}
