"""What happens to a name, a number and a contact between the organisation and the sheet."""

import random
from unicodedata import combining, normalize

from minka.methods.linkage.training.lexicon import FORMS, SHORT
from minka.methods.linkage.training.naming import initials
from minka.methods.linkage.training.universe import Entity

_KEYS = {
    "a": "sq", "e": "wr", "i": "uo", "o": "ip", "u": "yi", "s": "ad", "n": "bm", "r": "et",
    "t": "ry", "c": "xv", "l": "k", "m": "n",
}  # fmt: skip
_SOUNDS = (
    ("v", "b"), ("b", "v"), ("s", "z"), ("c", "s"), ("k", "c"), ("qu", "k"), ("ll", "y"),
    ("i", "y"), ("g", "j"), ("h", ""), ("z", "s"),
)  # fmt: skip
_RATES = {
    "typo": (0.04, 0.10), "typo2": (0.0, 0.02), "sound": (0.01, 0.03), "short": (0.1, 0.28),
    "order": (0.01, 0.04), "glue": (0.01, 0.03), "drop": (0.01, 0.04), "stop": (0.01, 0.04),
    "ampersand": (0.2, 0.6), "stemmed": (0.005, 0.02), "padding": (0.02, 0.06),
    "mojibake": (0.002, 0.012), "alias": (0.05, 0.15), "branch": (0.2, 0.5),
    "acronym": (0.15, 0.4), "trade": (0.2, 0.5), "former": (0.1, 0.35), "middle": (0.0, 0.02),
    "person_order": (0.3, 0.5), "html": (0.0, 0.003), "unit": (0.02, 0.08),
    "bad_ruc": (0.02, 0.05), "ruc_format": (0.08, 0.2), "activity": (0.65, 0.9),
    "email_slip": (0.005, 0.02), "numeral": (0.02, 0.08), "sigla": (0.05, 0.4),
}  # fmt: skip
_ALIASES = (" ({})", " / {}", " - {}", " -{}")
_BRANCHES = (" Sucursal {}", " ({})", " - {}", " - Sede {}", " Filial {}")
_PADDING = ("  {} ", "{} ", "{}.", "{}    ")
_NUMBERS = ("RUC {}", "R.U.C. N° {}", "'{}", "{}.0", " {}")
_MOBILES = ("{0}", "+51 {0}", "{1}-{2}-{3}", "{1} {2} {3}", "Cel. {0}", "51{0}")
_LANDLINES = ("{0}{1}", "({0}) {1}", "{0}-{1}", "T. {0}{1}", "{1}", "+51 {2} {1}")
_STOP_WORDS = ("de", "la", "del", "y", "los", "el", "&")
_NUMERALS = {"I": "1", "II": "2", "III": "3", "IV": "4", "2": "II", "3": "III", "Dos": "2"}
_CALM = 0.25  # registers make fewer slips than people do


class Dirt:
    """Rates are drawn once per collection of sheets: no two collections are dirty alike."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.rate = {key: rng.uniform(*bounds) for key, bounds in _RATES.items()}

    def hit(self, key: str, factor: float = 1.0) -> bool:
        """Tell whether it happens this time."""
        return self.rng.random() < self.rate[key] * factor

    def name(
        self, entity: Entity, style: str, *, with_trade: bool, formal: bool
    ) -> tuple[str, list[str]]:
        """Return the name as a sheet shows it, and what was done to it."""
        ops: list[str] = []
        words, legal = self._called(entity, ops, with_trade=with_trade, formal=formal)
        words = self._with_form(self._worn(words, ops, calm=formal), legal, ops, formal=formal)
        if not formal:
            words = self._extended(words, entity, ops)
        if self.hit("padding"):
            words = self.rng.choice(_PADDING).format(words)
            ops.append("padding")
        return self._styled(words, style, ops), ops

    def _called(
        self, entity: Entity, ops: list[str], *, with_trade: bool, formal: bool
    ) -> tuple[str, str]:
        """Choose which of its names a sheet uses, and the legal form that goes with it."""
        if entity.acronym and not formal and self.hit("acronym"):
            ops.append("acronym")
            return entity.acronym, ""
        if entity.trade and with_trade and self.hit("trade"):
            ops.append("trade_name")
            return entity.trade, entity.legal if self.rng.random() < 0.2 else ""
        if entity.former and not formal and self.hit("former"):
            ops.append("old_name")
            return entity.former, entity.legal
        words = entity.words
        if entity.person and self.hit("person_order"):
            parts = words.split()
            words = " ".join(parts[2:] + parts[:2])
            ops.append("person_order")
        if entity.state and " - " in words and self.hit("unit"):
            words = words.partition(" - ")[0]
            ops.append("pub_tail")
        return words, entity.legal

    def _worn(self, text: str, ops: list[str], *, calm: bool) -> str:
        """Abbreviate, reorder, drop and misspell words."""
        factor = _CALM if calm else 1.0
        words = text.split()
        if self.hit("short", factor):
            self._shorten(words, ops)
        if "y" in words and self.hit("ampersand"):
            words[words.index("y")] = "&"
            ops.append("ampersand")
        self._rearrange(words, ops, factor)
        if words[-1] in _NUMERALS and self.hit("numeral", factor):
            words[-1] = _NUMERALS[words[-1]]
            ops.append("numeral")
        if self.hit("stop", factor):
            words = [word for word in words if word.lower() not in _STOP_WORDS] or words
            ops.append("stopwords")
        if self.hit("stemmed", factor):
            words = [self._singular(word) for word in words]
        for _ in range(2 if self.hit("typo2", factor) else int(self.hit("typo", factor))):
            at = self._some_long(words)
            words[at] = self.slip(words[at])
            ops.append("typo")
        if self.hit("sound", factor):
            self._misspell(words, ops)
        return " ".join(words)

    def _shorten(self, words: list[str], ops: list[str]) -> None:
        for index, word in enumerate(words):
            if (found := SHORT.get(word.lower())) and self.rng.random() < 0.7:
                words[index] = self.rng.choice(found)
                ops.append("abbrev")

    def _rearrange(self, words: list[str], ops: list[str], factor: float) -> None:
        rng = self.rng
        if self.hit("order", factor) and len(words) > 2:
            at = rng.randrange(1, len(words))
            words[:] = words[at:] + words[:at]
            ops.append("word_order")
        if self.hit("drop", factor) and len(words) > 2:
            del words[rng.randrange(len(words))]
            ops.append("drop_token")
        if self.hit("glue", factor) and len(words) > 1:
            at = rng.randrange(len(words) - 1)
            words[at : at + 2] = [words[at] + words[at + 1].lower()]
            ops.append("glue")

    def _singular(self, word: str) -> str:
        cut = word.endswith("s") and len(word) > 5 and self.rng.random() < 0.5
        return word[:-1] if cut else word

    def _some_long(self, words: list[str]) -> int:
        return max(range(len(words)), key=lambda index: len(words[index]) * self.rng.random())

    def _misspell(self, words: list[str], ops: list[str]) -> None:
        at = self._some_long(words)
        word = words[at].lower()
        if known := [pair for pair in _SOUNDS if pair[0] in word]:
            words[at] = word.replace(*self.rng.choice(known), 1)
            ops.append("phonetic")

    def slip(self, word: str) -> str:
        """Leave a letter out, double it, swap it with the next, or hit the key beside it."""
        rng = self.rng
        if len(word) < 4:
            return word
        at = rng.randrange(1, len(word) - 1)
        before, letter, after = word[:at], word[at], word[at + 1 :]
        return rng.choice(
            (
                before + after,
                before + letter + letter + after,
                before + after[0] + letter + after[1:],
                before + rng.choice(_KEYS.get(letter.lower(), "aeiost")) + after,
            )
        )

    def _with_form(self, words: str, legal: str, ops: list[str], *, formal: bool) -> str:
        rng = self.rng
        if not legal:
            return words
        if not formal and rng.random() < 0.33:
            ops.append("legal_drop")
            return words
        variants = FORMS[legal]
        form = variants[0] if rng.random() < 0.45 else rng.choice(variants)
        if form != variants[0]:
            ops.append("legal_variant")
        if self.hit("middle") and " " in words:
            head, _, tail = words.rpartition(" ")
            ops.append("legal_mid")
            return f"{head} {form} {tail}"
        return f"{words}{rng.choices((' ', ', ', ' - '), (8, 1, 1))[0]}{form}"

    def _extended(self, words: str, entity: Entity, ops: list[str]) -> str:
        """Write the trade name or a branch behind it."""
        if entity.trade and "trade_name" not in ops and self.hit("alias"):
            words += self.rng.choice(_ALIASES).format(entity.trade)
            ops.append("alias_suffix")
        elif entity.state and self.hit("sigla"):
            words += f" ({initials(entity.words)})"
            ops.append("alias_suffix")
        if entity.branches and self.hit("branch"):
            seat = self.rng.choice(self.rng.choice(entity.branches))
            words += self.rng.choice(_BRANCHES).format(seat)
            ops.append("branch_suffix")
        return words

    def _styled(self, text: str, style: str, ops: list[str]) -> str:
        roll = self.rng.random()
        if style == "upper":
            text = _bare(text).upper() if roll < 0.8 else text.upper()
        elif style == "mixed" and roll < 0.6:
            text = text.lower() if roll < 0.2 else text.upper() if roll < 0.45 else _bare(text)
        if self.hit("mojibake") and not text.isascii():
            ops.append("mojibake")
            text = text.encode().decode("cp1252", "replace").replace("\ufffd", "")
        if self.hit("html"):
            text = text.replace("&", "&amp;").replace("Ñ", "&Ntilde;")
        return text

    def ruc(self, entity: Entity) -> tuple[str, str]:
        """Return the tax number as a sheet shows it, and what was done to it."""
        rng = self.rng
        if entity.foreign_id:
            return entity.foreign_id, "ruc_foreign"
        if self.hit("bad_ruc"):
            digits = list(entity.ruc)
            at = rng.randrange(2, 11)
            if rng.random() < 0.3 and at < 10 and digits[at] != digits[at + 1]:
                digits[at], digits[at + 1] = digits[at + 1], digits[at]
            else:
                digits[at] = str((int(digits[at]) + rng.randint(1, 9)) % 10)
            return "".join(digits), "ruc_bad_check"
        if self.hit("ruc_format"):
            return rng.choice(_NUMBERS).format(entity.ruc), "ruc_format"
        return entity.ruc, ""

    def phone(self, number: str) -> str:
        """Write a telephone as people do."""
        if number.startswith("9"):
            parts = (number, number[:3], number[3:6], number[6:])
            return self.rng.choice(_MOBILES).format(*parts)
        size = 2 if number.startswith("01") else 3
        area, rest = number[:size], number[size:]
        return self.rng.choice(_LANDLINES).format(area, rest, area[1:])


def _bare(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
