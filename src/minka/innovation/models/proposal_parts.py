"""What a challenge asks of a proposal: its parts, in order, and the columns of those in lines.

A challenge that says nothing asks for `USUAL_PARTS`. Title, summary, figures, language and files
are asked by every challenge, and are no parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TEXT_COLUMNS = ("approach", "evidence", "team")  # parts in words that have a column of their own
TABLES = ("budget", "timeline", "people", "references")
ANSWERS = "answers"  # the column of all other parts in words, by their keys
CURRENCIES = ("USD", "PEN", "CLP", "AUD", "EUR", "CAD", "BRL", "GBP")
MOST_PARTS = 20
MOST_LINES = 60
LONGEST_LIMIT = 5_000  # words


@dataclass(frozen=True)
class ProposalPart:
    """One part of the form: words, or lines of a table.

    Args:
        key: a column of `TEXT_COLUMNS` or `TABLES`, or the key of its answer.
        words: the most words; 0 for lines.
    """

    key: str
    title_es: str
    title_en: str
    help_es: str = ""
    help_en: str = ""
    words: int = 0
    required: bool = False

    @property
    def is_table(self) -> bool:
        """True for lines of a table."""
        return self.key in TABLES

    @property
    def is_economic(self) -> bool:
        """True when it tells of money."""
        return self.key == "budget"

    @property
    def title(self) -> str:
        """What it is called, in the language in use."""
        return self.title_en if _in_english() and self.title_en else self.title_es

    @property
    def help(self) -> str:
        """What is asked, in the language in use."""
        return self.help_en if _in_english() and self.help_en else self.help_es

    def plain(self) -> dict[str, Any]:
        """Return it as a challenge keeps it."""
        return asdict(self)


USUAL_PARTS = (
    ProposalPart(
        "approach",
        "Qué propone y cómo funciona",
        "What you propose and how it works",
        "Pasos, equipos, qué necesita de la mina y cómo se medirá el éxito.",
        "Steps, equipment, what you need from the mine, and how success will be measured.",
        words=1500,
        required=True,
    ),
    ProposalPart(
        "evidence",
        "Evidencia de que funciona",
        "Evidence that it works",
        "Ensayos, pilotos, clientes, mediciones. Si todavía no hay, diga cómo la obtendrá.",
        "Tests, pilots, customers, measurements. If there is none yet, say how you will get it.",
        words=800,
        required=True,
    ),
    ProposalPart("references", "Referencias", "References"),
    ProposalPart(
        "team",
        "Equipo",
        "Team",
        "Quién hace qué, con qué experiencia y con qué aliados.",
        "Who does what, with which experience, and with which allies.",
        words=500,
        required=True,
    ),
    ProposalPart("people", "Personas del equipo", "People of the team"),
    ProposalPart("timeline", "Cronograma", "Timeline"),
    ProposalPart("budget", "Presupuesto", "Budget"),
)

TABLE_HELP: Mapping[str, Promise] = {
    "budget": _("What it costs, line by line, and who pays for it: this request or yourselves."),
    "timeline": _("Phases by their months, counted from the start, and what each one delivers."),
    "people": _("Who works in it, in which role, and with how much of their time."),
    "references": _("For whom you have done something alike, and whom we may ask about it."),
}


@dataclass(frozen=True)
class Column:
    """One column of a table: what it is called, and of which kind.

    Args:
        kind: text, number, money, rate, choice, yes or link.
    """

    name: str
    label: Promise
    kind: str = "text"
    choices: tuple[tuple[str, Any], ...] = ()
    needed: bool = False
    most: int = 200

    def said(self, value: Any) -> str:
        """Return what a choice is called, empty for anything else."""
        return str(dict(self.choices).get(value, ""))


CATEGORIES = (
    ("people", _("People")),
    ("equipment", _("Equipment")),
    ("materials", _("Materials and supplies")),
    ("services", _("Services of others")),
    ("travel", _("Travel")),
    ("other", _("Other costs")),
)
PAID_BY = (("requested", _("This request")), ("own", _("Own contribution")))
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "budget": (
        Column("concept", _("Concept"), needed=True),
        Column("category", _("Category"), "choice", CATEGORIES),
        Column("amount", _("Amount"), "money", needed=True),
        Column("currency", _("Currency"), "choice", tuple((one, one) for one in CURRENCIES)),
        Column("rate", _("Per US$"), "rate"),
        Column("paid_by", _("Paid by"), "choice", PAID_BY),
    ),
    "timeline": (
        Column("phase", _("Phase"), needed=True),
        Column("starts", _("From month"), "number", needed=True, most=120),
        Column("ends", _("To month"), "number", needed=True, most=120),
        Column("deliverable", _("What it delivers"), most=300),
    ),
    "people": (
        Column("name", _("Name"), needed=True, most=120),
        Column("role", _("Role"), most=120),
        Column("dedication", _("Dedication (%)"), "number", most=100),
    ),
    "references": (
        Column("client", _("Client"), needed=True),
        Column("year", _("Year"), "number", most=2100),
        Column("contact", _("Contact")),
        Column("permitted", _("The contact agreed to be named"), "yes"),
        Column("link", _("Link"), "link", most=300),
    ),
}


@dataclass(frozen=True)
class AnsweredPart:
    """A part with what a proposal says to it."""

    part: ProposalPart
    text: str = ""
    lines: Sequence[Mapping[str, Any]] = ()

    @property
    def is_answered(self) -> bool:
        """True when there is anything to read."""
        return bool(self.text.strip() or self.lines)

    @property
    def lines_to_read(self) -> list[dict[str, Any]]:
        """The lines, with the words of what was chosen in them (`…_label`)."""
        return [
            {
                **line,
                **{f"{c.name}_label": c.said(line.get(c.name)) for c in COLUMNS[self.part.key]},
            }
            for line in self.lines
        ]

    @property
    def totals(self) -> dict[str, Decimal]:
        """What a budget comes to in US dollars."""
        return totals_of(self.lines)


def totals_of(budget: Sequence[Mapping[str, Any]] | None) -> dict[str, Decimal]:
    """Return what is requested, one's own contribution and all, in US dollars."""
    sums = {"requested": Decimal(0), "own": Decimal(0)}
    for line in budget or ():
        paid_by = "own" if line.get("paid_by") == "own" else "requested"
        sums[paid_by] += Decimal(line.get("usd") or 0)
    return {**sums, "all": sums["requested"] + sums["own"]}


def parts_of(stored: Sequence[Mapping[str, Any]] | None) -> tuple[ProposalPart, ...]:
    """Return the parts that a challenge keeps; the usual ones where it keeps none."""
    if stored is None:
        return USUAL_PARTS
    return tuple(ProposalPart(**one) for one in stored)


def _in_english() -> bool:
    return (get_language() or "es").startswith("en")
