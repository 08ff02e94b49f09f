"""Questionnaires that branch: which questions are asked, which answers count, what fits a question.

Pure: values in, values out. An answer is kept as

- text, `date` (ISO), `email`, `phone` (+51…), `website`, `region` (its name): a string
- `whole_number`, `scale`: an int · `number`: an int or float · `yes_no`: "yes" or "no"
- `one_of`: the code of the option · `some_of`, `themes`: a list of codes, in the order asked

None, "" and [] are no answer.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers

from minka.methods.text import tidy

SHORT, LONG, MOST_CHOSEN = 250, 4000, 15  # characters, characters, themes
SCALE = range(1, 6)
_EMAIL = re.compile(
    r"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_SITE = re.compile(r"https?://(?:[\w](?:[\w-]*[\w])?\.)+[A-Za-z]{2,24}(?::\d{2,5})?(?:[/?#]\S*)?")
_YES = frozenset({"yes", "y", "si", "sí", "s", "true", "1", "verdadero"})
_NO = frozenset({"no", "n", "false", "0", "falso"})


@dataclass(frozen=True, slots=True)
class When:
    """A condition: the earlier question `on` was answered so.

    Args:
        test: `is`, `is_not`, `at_least`, `at_most` or `answered`.
        value: what is compared with, as text.
    """

    on: str
    test: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question, as far as branching and fitting answers go.

    Args:
        options: codes to choose from, in order.
        alone: those of them that exclude the others.
        least: and `most`: bounds of a number; of `some_of` and `themes` how many are chosen.
        when: all must hold for the question to be asked.
    """

    code: str
    kind: str
    options: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()
    least: Decimal | None = None
    most: Decimal | None = None
    required: bool = False
    anonymous: bool = False
    when: tuple[When, ...] = ()


class UnfitError(ValueError):
    """An answer that does not fit its question; `reason` is a stable code."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


def is_answered(value: Any) -> bool:
    """Whether there is an answer at all: zero and “no” are answers."""
    return value is not None and value not in ("", [])


def asked(items: Sequence[Item], answers: Mapping[str, Any]) -> list[Item]:
    """Return the questions that are asked of somebody who answered so, in their order.

    A condition looks at earlier questions that are asked themselves; whatever stands behind a
    closed branch is closed, too, and an unanswered question opens nothing.
    """
    counting: dict[str, Any] = {}
    path = []
    for item in items:
        if all(one.on in counting and holds(one, counting[one.on]) for one in item.when):
            path.append(item)
            if is_answered(answers.get(item.code)):
                counting[item.code] = answers[item.code]
    return path


def counted(items: Sequence[Item], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that count: those to questions that are asked.

    What was answered before a branch closed is not in it; it stays with the caller and counts
    again when the branch opens again.
    """
    return {
        item.code: answers[item.code]
        for item in asked(items, answers)
        if is_answered(answers.get(item.code))
    }


def missing(items: Sequence[Item], answers: Mapping[str, Any]) -> list[Item]:
    """Return the questions that are asked, have to be answered and are not."""
    return [
        item
        for item in asked(items, answers)
        if item.required and not is_answered(answers.get(item.code))
    ]


def holds(condition: When, value: Any) -> bool:
    """Whether an answer is as a condition wants it; no answer never is."""
    if not is_answered(value):
        return False
    if condition.test == "answered":
        return True
    if condition.test in {"at_least", "at_most"}:
        have, want = _decimal(value), _decimal(condition.value)
        if have is None or want is None:
            return False
        return have >= want if condition.test == "at_least" else have <= want
    same = _is(value, condition.value)
    return not same if condition.test == "is_not" else same


def _is(value: Any, wanted: str) -> bool:
    if isinstance(value, list | tuple):
        return wanted in [str(one) for one in value]
    if isinstance(value, int | float):
        return _decimal(value) == _decimal(wanted)
    return str(value) == wanted


def _decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def fit(item: Item, raw: Any, *, known: Collection[str] | None = None) -> Any:
    """Return what is kept of an answer as it was typed, ticked or read from a sheet.

    Args:
        item: the question.
        raw: a text, a list of texts, or a value as `fit` returned it before.
        known: names of regions, or codes of themes, where the question is about them.

    Raises:
        UnfitError: it does not fit; the reasons are `number`, `whole`, `least`, `most`, `long`,
            `email`, `phone`, `website`, `date`, `option`, `alone`, `few`, `many`.
    """
    if item.kind in {"some_of", "themes"}:
        return _several(item, raw, known)
    if isinstance(raw, list | tuple):
        raw = raw[-1] if raw else ""
    text = "" if raw is None else str(raw).strip()
    if not text:
        return ""
    if item.kind == "long_text":
        return _text(text.replace("\r\n", "\n"), LONG)
    return _FITS[item.kind](item, tidy(text), known)


def _several(item: Item, raw: Any, known: Collection[str] | None) -> list[str]:
    given: Iterable[Any] = raw if isinstance(raw, list | tuple) else [raw]
    chosen = list(dict.fromkeys(str(one).strip() for one in given if is_answered(one)))
    offered: Collection[str] = (
        known if item.kind == "themes" and known is not None else item.options
    )
    if any(one not in offered for one in chosen):
        raise UnfitError("option")
    if len(chosen) > 1 and item.alone.intersection(chosen):
        raise UnfitError("alone")
    most = int(item.most) if item.most is not None else None
    if item.kind == "themes":
        most = min(most or MOST_CHOSEN, MOST_CHOSEN)
    elif chosen:
        chosen = [code for code in item.options if code in chosen]
    if most is not None and len(chosen) > most:
        raise UnfitError("many", most=most)
    if chosen and item.least is not None and len(chosen) < item.least:
        raise UnfitError("few", least=int(item.least))
    return chosen


def _text(text: str, most: int) -> str:
    if len(text) > most:
        raise UnfitError("long", most=most)
    return text


def _short(_item: Item, text: str, _known: Any) -> str:
    return _text(text, SHORT)


def _option(item: Item, text: str, _known: Any) -> str:
    if text not in item.options:
        raise UnfitError("option")
    return text


def _yes_no(_item: Item, text: str, _known: Any) -> str:
    word = text.casefold()
    if word in _YES:
        return "yes"
    if word in _NO:
        return "no"
    raise UnfitError("option")


def _scale(_item: Item, text: str, _known: Any) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:3]) not in SCALE:
        raise UnfitError("option")
    return int(text)


def _number(item: Item, text: str, _known: Any) -> int | float:
    whole = item.kind == "whole_number"
    value = read_number(text, whole=whole)
    if value is None:
        raise UnfitError("number")
    if whole and value != value.to_integral_value():
        raise UnfitError("whole")
    if item.least is not None and value < item.least:
        raise UnfitError("least", least=item.least)
    if item.most is not None and value > item.most:
        raise UnfitError("most", most=item.most)
    if abs(value) >= Decimal(10) ** 15:
        raise UnfitError("number")
    return int(value) if value == value.to_integral_value() else float(round(value, 4))


def read_number(text: str, *, whole: bool = False) -> Decimal | None:
    """Return the number that people write as `1,200.50`, `1.200,50`, `1 200,5` or `12,5`.

    Both marks: the last one is for the decimals. One comma before groups of three is for the
    thousands, as in Peru; so is a point where only whole numbers make sense.
    """
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if not re.fullmatch(r"[+-]?\d[\d.,]*", bare):
        return None
    groups = re.fullmatch(r"[+-]?\d{1,3}((,\d{3})+|(\.\d{3}){2,})", bare)
    if groups or (whole and re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+", bare)):
        bare = bare.replace(",", "").replace(".", "")
    elif "," in bare and bare.rfind(",") > bare.rfind("."):
        bare = bare.replace(".", "").replace(",", ".")
    else:
        bare = bare.replace(",", "")
    return _decimal(bare)


def _date(_item: Item, text: str, _known: Any) -> str:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            found: date = datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day, no time
        except ValueError:
            continue
        if found.year >= 1500:
            return found.isoformat()
    raise UnfitError("date")


def _email(_item: Item, text: str, _known: Any) -> str:
    if not _EMAIL.fullmatch(text) or len(text) > SHORT:
        raise UnfitError("email")
    return text


def _phone(_item: Item, text: str, _known: Any) -> str:
    try:
        number = phonenumbers.parse(text, "PE")
    except phonenumbers.NumberParseException as error:
        raise UnfitError("phone") from error
    if not phonenumbers.is_possible_number(number):
        raise UnfitError("phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _website(_item: Item, text: str, _known: Any) -> str:
    address = text if "://" in text else f"https://{text}"
    if not _SITE.fullmatch(address) or len(address) > SHORT:
        raise UnfitError("website")
    return address


def _region(_item: Item, text: str, known: Collection[str] | None) -> str:
    if known is not None and text not in known:
        raise UnfitError("option")
    return text


_FITS = {
    "short_text": _short,
    "whole_number": _number,
    "number": _number,
    "yes_no": _yes_no,
    "one_of": _option,
    "scale": _scale,
    "date": _date,
    "email": _email,
    "phone": _phone,
    "website": _website,
    "region": _region,
}
