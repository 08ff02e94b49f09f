"""The comparisons of the model: what is compared, at which levels, in SQL that Splink runs.

`match_key` is the code of the name evidence (`evidence.py`). Splink carries that column of
registered pairs through to its comparisons untouched. The conditions are written once, in
DuckDB's SQL; `in_dialect` puts them into that of another engine.
Levels are read in order; the first whose condition holds counts. The level `unknown`, or the
last, is the point of reference with no weight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import sqlglot
from sqlglot import exp

from minka.methods.linkage.provenance import NEVER, OFTEN, REGISTRY, SELDOM

Dialect = Literal["duckdb", "spark"]

_KIND = "(match_key % 100)"
_RARITY = "(match_key // 100 % 10)"
_LEGAL = "(match_key // 1000 % 10)"
_DIFFER = "(match_key // 10000 % 10)"
_CROSS = "(match_key // 100000 % 10)"


@dataclass(frozen=True, slots=True)
class Level:
    """`key` names the level in the weights; `sql` is empty for what is left over."""

    key: str
    sql: str = ""
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    key: str
    levels: tuple[Level, ...]


def _either_empty(column: str) -> str:
    return f"{column}_l = '' or {column}_r = ''"


def _lists_empty(column: str) -> str:
    return f"{_size(f'{column}_l')} = 0 or {_size(f'{column}_r')} = 0"


def _size(column: str) -> str:
    return f"array_length({column})"  # `len` is of lists and of texts, which Spark holds apart


def _overlap(column: str) -> str:
    return f"list_has_any({column}_l, {column}_r)"


_UNTRUSTED = "(tax_written_l <> '' or tax_written_r <> '')"
_NUMBER_L = "(case when tax_l <> '' then split_part(tax_l, ':', 2) else tax_written_l end)"
_NUMBER_R = "(case when tax_r <> '' then split_part(tax_r, ':', 2) else tax_written_r end)"
_NAMED_ALIKE = f"{_KIND} >= 4"
_KINDS = (
    "different", "partial", "less", "other_trade", "less_trade", "twin_slip", "slip", "near",
    "cut", "order", "exact",
)  # fmt: skip
_GROUPS = {"loose": "between 1 and 3", "near": "between 4 and 8", "same": ">= 9"}
_CROSSES = ("none", "apart", "touch", "acronym", "near", "exact")
_REGION_APART = "region_l <> '' and region_r <> '' and region_l <> region_r"
_REGION_SAME = "region_l <> '' and region_l = region_r"
_ONE_SOURCE = "source_l <> '' and source_l = source_r"
_ANY_CONTACT = f"({_overlap('emails')} or {_overlap('domains')} or {_overlap('phones')})"
_ANY_SHARED = (
    f"({_overlap('shared_emails')} or {_overlap('shared_domains')} or {_overlap('shared_phones')})"
)


def _contact(key: str, column: str) -> Comparison:
    return Comparison(
        key,
        (
            Level("same", _overlap(column)),
            Level("same_shared", _overlap(f"shared_{column}")),
            Level("unknown", f"{_lists_empty(f'all_{column}')}", reference=True),
            Level("apart"),
        ),
    )


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "name",
        (
            *(
                Level(kind, f"{_KIND} = {number}")
                for number, kind in reversed(list(enumerate(_KINDS)))
                if kind != "different"
            ),
            Level("different", reference=True),
        ),
    ),
    Comparison(
        "rarity",
        (
            *(
                Level(f"{group}_{rarity}", f"{_KIND} {kinds} and {_RARITY} = {rarity}")
                for group, kinds in _GROUPS.items()
                for rarity in (3, 2, 0)
            ),
            Level("unknown", reference=True),
        ),
    ),
    Comparison(
        "legal",
        (
            Level("same", f"{_LEGAL} = 3"),
            Level("kin", f"{_LEGAL} = 2"),
            Level("conflict", f"{_LEGAL} = 1"),
            Level("unknown", reference=True),
        ),
    ),
    Comparison(
        "differ",
        (
            Level("rank", f"{_DIFFER} = 4"),
            Level("exclusive", f"{_DIFFER} = 3"),
            Level("rank_one_sided", f"{_DIFFER} = 2"),
            Level("role", f"{_DIFFER} = 1"),
            Level("nothing", reference=True),
        ),
    ),
    Comparison(
        "other_names",
        (
            *(
                Level(f"{cross}_{alike}", f"{_CROSS} = {number} and {condition}")
                for number, cross in reversed(list(enumerate(_CROSSES)))
                if cross != "none"
                for alike, condition in (("alike", _NAMED_ALIKE), ("unlike", f"{_KIND} < 4"))
            ),
            Level("none", reference=True),
        ),
    ),
    Comparison(
        "tax",
        (
            Level("same", "tax_l <> '' and tax_l = tax_r"),
            Level("same_written", f"{_UNTRUSTED} and {_NUMBER_L} = {_NUMBER_R}"),
            Level(
                "unknown",
                f"{_NUMBER_L} = '' or {_NUMBER_R} = ''"
                f" or tax_l like '{REGISTRY}%' or tax_r like '{REGISTRY}%'",
                reference=True,
            ),
            Level(
                "near",
                f"{_UNTRUSTED} and length({_NUMBER_L}) >= 8"
                f" and levenshtein({_NUMBER_L}, {_NUMBER_R}) <= 2",
            ),
            Level("apart"),
        ),
    ),
    _contact("email", "emails"),
    _contact("domain", "domains"),
    _contact("phone", "phones"),
    Comparison(
        "contact_alone",  # reached the same way under another name: a trade name, or a group
        (
            Level("numbered", f"{_ANY_CONTACT} and {_DIFFER} = 4"),
            Level("numbered_one_sided", f"{_ANY_CONTACT} and {_DIFFER} = 2 and {_NAMED_ALIKE}"),
            Level("own_different", f"{_ANY_CONTACT} and {_KIND} = 0 and {_CROSS} < 2"),
            Level("own_loose", f"{_ANY_CONTACT} and {_KIND} < 4 and {_CROSS} < 4"),
            Level("shared_different", f"{_ANY_SHARED} and {_KIND} = 0 and {_CROSS} < 2"),
            Level("shared_loose", f"{_ANY_SHARED} and {_KIND} < 4 and {_CROSS} < 4"),
            Level("nothing", reference=True),
        ),
    ),
    Comparison(
        "place",
        (
            Level("unknown", _either_empty("region"), reference=True),
            Level("region_apart_common", f"{_REGION_APART} and {_RARITY} < 2"),
            Level("region_apart", _REGION_APART),
            Level("near", f"{_REGION_SAME} and list_has_any(places_l, places_r)"),
            Level(
                "district_apart",
                f"{_REGION_SAME} and {_size('places_l')} > 0 and {_size('places_r')} > 0",
            ),
            Level("region"),
        ),
    ),
    Comparison(
        "street",
        (
            Level("unknown", _either_empty("street"), reference=True),
            Level("same", "street_l = street_r"),
            Level("apart"),
        ),
    ),
    Comparison(
        "source",  # both rows in one that names everybody once, nearly everybody, or not so
        (
            *(
                Level(often, f"{_ONE_SOURCE} and repeating_l = '{often}'")
                for often in (NEVER, SELDOM, OFTEN)
            ),
            Level("two", reference=True),
        ),
    ),
    Comparison(
        "country",
        (
            Level("apart", "country_l <> '' and country_r <> '' and country_l <> country_r"),
            Level("nothing", reference=True),
        ),
    ),
    Comparison(
        "activity",
        (
            Level("unknown", _either_empty("activity"), reference=True),
            Level("same", "activity_l = activity_r"),
            Level("apart"),
        ),
    ),
)  # fmt: skip


def in_dialect(sql: str, dialect: Dialect) -> str:
    """Put a condition of this module into the SQL of an engine."""
    if dialect == "duckdb" or not sql:
        return sql
    parsed = sqlglot.parse_one(sql, dialect="duckdb")
    return parsed.transform(_named_overlap).sql(dialect=dialect)


def _named_overlap(node: exp.Expr) -> exp.Expr:
    """Spell out the overlap of two lists, which would come out as an operator Spark lacks."""
    if isinstance(node, exp.ArrayOverlaps):
        return exp.Anonymous(this="arrays_overlap", expressions=[node.this, node.expression])
    return node


def levels_sql(columns: Iterable[str], dialect: Dialect) -> str:
    """Return the statement that finds the level of each comparison for each pair, in their order.

    It reads the tables `linkage_pairs` (n, join_key_l, join_key_r, match_key) and
    `linkage_records`, and gives one column a comparison: the number of the level.

    Args:
        columns: those of `linkage_records`.
        dialect: whose SQL is wanted.
    """
    used = [name for name in columns if name not in ("i", "match_key")]
    sides = ", ".join(f"{side}.{name} as {name}_{side}" for name in used for side in "lr")
    cases = ", ".join(
        "case "
        + " ".join(
            f"when {in_dialect(level.sql, dialect)} then {number}"
            for number, level in enumerate(comparison.levels)
            if level.sql
        )
        + f" else {len(comparison.levels) - 1} end as {comparison.key}"
        for comparison in COMPARISONS
    )
    return f"""
        with pair as (
            select n, b.match_key, {sides} from linkage_pairs b
            join linkage_records l on l.i = b.join_key_l
            join linkage_records r on r.i = b.join_key_r
        ) select {cases} from pair order by n
        """  # noqa: S608 -- made of the constants of this package
