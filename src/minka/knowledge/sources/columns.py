"""Guessing what each column of a sheet means, from its header and from what it holds."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from minka.knowledge.sources.contacts import find_emails, find_website, looks_like_phone
from minka.knowledge.sources.countries import country_code
from minka.knowledge.sources.fields import SEVERAL_VALUES, Field
from minka.knowledge.sources.gazetteer import region_of
from minka.knowledge.sources.vocabulary import header_scores
from minka.methods.identifiers import recognise_tax_id

__all__ = ["SEVERAL_VALUES", "Field", "Suggestion", "suggest_mapping"]

REASON_MESSAGES = {
    "header": _("The column name says so."),
    "content": _("Its values look like it."),
    "header_and_content": _("The column name and its values agree."),
    "taken": _("Another column fits better."),
    "unknown": _("Neither its name nor its values say what it is."),
    "empty": _("The column is empty."),
}
_LEGAL_FORM = re.compile(
    r"\b(?:s\.?\s?a\.?\s?c?|s\.?\s?r\.?\s?l(?:tda)?|e\.?\s?i\.?\s?r\.?\s?l|ltda|inc|llc|corp|gmbh|"
    r"sociedad|empresa|universidad|municipalidad|ministerio|consorcio|asociacion)\b\.?",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"-?\d{1,3}[.,]\d{2,}")
_PRESENT = 0.5  # below this share of values the content says nothing
_ACCEPTED = 0.45
_LEAST_DIGITS = 6  # no country's tax number has fewer


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`field` is None when the column should be left out; `confidence` goes from 0 to 1."""

    field: Field | None
    confidence: float
    code: str

    @property
    def reason(self) -> str:
        """The sentence, in the language active now."""
        return str(REASON_MESSAGES[self.code])


def suggest_mapping(
    headers: Sequence[str], sample_rows: Sequence[Sequence[str]], *, country: str = "PE"
) -> dict[str, Suggestion]:
    """Suggest a field for every column; a field goes to one column, other names to several.

    Args:
        headers: distinct, as `Sheet.headers` gives them.
        sample_rows: a few hundred rows are plenty.
        country: ISO 3166 alpha-2, where most of the organisations are.
    """
    columns = {
        header: [text for row in sample_rows if i < len(row) and (text := row[i].strip())]
        for i, header in enumerate(headers)
    }
    bids = [
        (score, -index, header, field, code)
        for index, (header, values) in enumerate(columns.items())
        for field, (score, code) in _scores(header, values, country).items()
        if score >= _ACCEPTED
    ]
    chosen: dict[str, Suggestion] = {}
    taken: set[Field] = set()
    for score, _index, header, field, code in sorted(bids, key=lambda bid: bid[:2], reverse=True):
        if header not in chosen and field not in taken:
            chosen[header] = Suggestion(field, round(min(score, 1.0), 2), code)
            taken |= {field} - {Field.OTHER_NAMES}
    wanted = {header for _score, _index, header, *_rest in bids}
    return {h: chosen.get(h) or _left_out(values, h in wanted) for h, values in columns.items()}


def _left_out(values: list[str], wanted: bool) -> Suggestion:
    code = "empty" if not values else "taken" if wanted else "unknown"
    return Suggestion(None, 0.0, code)


def _scores(header: str, values: list[str], country: str) -> dict[Field, tuple[float, str]]:
    """Join what the header and the content say about one column."""
    said = header_scores(header)
    if not values:
        return {f: (s * 0.9, "header") for f, s in said.items() if f is not Field.EXTERNAL_ID}
    shown = _content_scores(values, country)
    scores: dict[Field, tuple[float, str]] = {}
    for field in {*said, *shown}:
        header_score, content = said.get(field, 0.0), shown.get(field)
        if content is None:
            scores[field] = (header_score, "header")
        elif content < _PRESENT:
            if header_score:  # the header promises what the values do not hold
                scores[field] = (header_score * (0.4 + content), "header")
        elif header_score:
            scores[field] = (header_score * 0.7 + content * 0.35, "header_and_content")
        else:
            scores[field] = (content * _TRUST[field], "content")
    return scores


def _content_scores(values: list[str], country: str) -> dict[Field, float]:
    """Return the share of values that look like each field that has a look of its own."""
    shares = {field: _share(test, values) for field, test in _TESTS.items()}
    shares[Field.TAX_ID] = max(
        _share(lambda v: _may_be_number(v) and recognise_tax_id(v, country).valid, values),
        _share(_foreign_tax_id, values),
    )
    if _share(lambda v: "||" in v, values) > 0.05:  # a list of places served is no address
        shares[Field.REGION] = 0.0
    shares |= _coordinate_scores(values)
    legal = _share(lambda v: bool(_LEGAL_FORM.search(v)) and len(v) < 200, values)
    if legal >= 0.3 and len(set(values)) > 0.7 * len(values):
        shares[Field.NAME] = 1.0
    return shares


def _may_be_number(value: str) -> bool:
    return sum(map(str.isdigit, value)) >= _LEAST_DIGITS


def _foreign_tax_id(value: str) -> bool:
    if not _may_be_number(value):
        return False
    found = recognise_tax_id(value)
    return found.valid or found.reason == "ambiguous"


def _coordinate_scores(values: list[str]) -> dict[Field, float]:
    """Decimals within range; a longitude beyond 90 degrees tells itself from a latitude."""
    numbers = [float(v.replace(",", ".")) for v in values if _DECIMAL.fullmatch(v)]
    plain = _share(lambda v: bool(re.fullmatch(r"-?\d{1,3}(?:[.,]\d+)?", v)), values)
    if len(numbers) < 0.5 * len(values):
        return {} if plain == 1 else {Field.LATITUDE: 0.3, Field.LONGITUDE: 0.3}
    western = sum(1 for n in numbers if -119 <= n <= -34) / len(values)
    southern = sum(1 for n in numbers if -56 <= n < 0) / len(values)
    negative = sum(1 for n in numbers if n < 0) / len(values)
    return {
        Field.LATITUDE: southern if negative > 0.8 and western < 0.5 else min(plain, 0.49),
        Field.LONGITUDE: western if negative > 0.8 and southern < 0.5 else min(plain, 0.49),
    }


def _share(test: Callable[[str], bool], values: Iterable[str]) -> float:
    """Return the share of values that pass a test; what stands there often is tested once."""
    counts = Counter(values)
    return sum(count for value, count in counts.items() if test(value)) / counts.total()


_TESTS: dict[Field, Callable[[str], bool]] = {
    Field.EMAIL: lambda v: bool(find_emails(v)[0]),
    Field.WEBSITE: lambda v: bool(find_website(v)) and " " not in v,
    Field.PHONE: looks_like_phone,
    Field.COUNTRY: lambda v: bool(country_code(v)),
    Field.REGION: lambda v: bool(region_of(v)),
}
_TRUST = {  # how far the look of the values alone may be believed
    Field.TAX_ID: 0.98,
    Field.EMAIL: 0.9,
    Field.WEBSITE: 0.85,
    Field.LATITUDE: 0.6,
    Field.LONGITUDE: 0.6,
    Field.PHONE: 0.5,
    Field.COUNTRY: 0.6,
    Field.REGION: 0.6,
    Field.NAME: 0.55,
}
