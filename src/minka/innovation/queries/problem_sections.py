"""A reading of a problem as its page lays it out: facts, then words, in the order of the form."""

from dataclasses import dataclass

from minka.core.components import Text
from minka.innovation.queries.problem_parts import STEPS
from minka.innovation.queries.problem_reading import Line, Reading

# shown in the head of the page
HEAD = {"title", "title_other", "yearly_cost_usd", "stage", "site", "urgency"}


@dataclass(frozen=True)
class Section:
    """What one page of the form said: short facts and longer words, none of them empty."""

    label: Text
    facts: tuple[Line, ...]
    words: tuple[Line, ...]


def sections_of(reading: Reading) -> list[Section]:
    """Return the sections that have something to say."""
    found = []
    for step in STEPS:
        lines = [
            reading.lines[name]
            for name in step.fields
            if name in reading.lines and name not in HEAD and reading.lines[name].text
        ]
        facts = tuple(_with_unit(reading, line) for line in lines if _is_fact(line))
        words = tuple(line for line in lines if line.is_words)
        if facts or words:
            found.append(Section(step.label, facts, words))
    return found


def _is_fact(line: Line) -> bool:
    return not line.is_words and line.name not in {"baseline_unit", "success_unit"}


def _with_unit(reading: Reading, line: Line) -> Line:
    """A figure is never bare."""
    unit = line.name.replace("_value", "_unit")
    if unit == line.name or not reading.text(unit):
        return line
    text = f"{line.text} {reading.text(unit)}"
    return Line(line.name, line.label, text, line.tier, is_words=False)
