"""How made-up organisations are called."""

import random
from collections.abc import Sequence

from minka.methods.linkage.names import plain
from minka.methods.linkage.training.lexicon import PROPER, SURNAMES, SYLLABLES, TAILS, TRADES

_SMALL_WORDS = ("de", "la", "del", "y", "los", "las")


class Namer:
    """Draws names; `borrowed` are real ones, lent by a register for their vocabulary."""

    def __init__(self, rng: random.Random, share_coined: float, borrowed: Sequence[str]) -> None:
        self.rng = rng
        self.share_coined = share_coined
        self.borrowed = borrowed

    def coined(self) -> str:
        rng = self.rng
        word = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3, 3))))
        return word.capitalize() if rng.random() < 0.8 else word.upper()[:5]

    def proper(self) -> str:
        """Return what tells an organisation from others: a word or two of its own."""
        rng = self.rng
        roll = rng.random()
        if roll < self.share_coined:
            return self.coined()
        if roll < self.share_coined + 0.3:
            return rng.choice(PROPER)
        if roll < self.share_coined + 0.42:
            return rng.choice(SURNAMES)
        if roll < self.share_coined + 0.47:
            letters = "ABCDEFGHJKLMNRSTVZ"
            return f"{rng.choice(letters)} & {rng.choice(letters)}"
        second = [self.coined(), rng.choice(SURNAMES), rng.choice(PROPER)]
        return f"{rng.choice(PROPER)} {rng.choice(second)}"

    def company(self) -> str:
        """Return the words of a company's name: its own, its trade, and what trails behind."""
        rng = self.rng
        if self.borrowed and rng.random() < 0.3:
            return rng.choice(self.borrowed)
        roll, core = rng.random(), self.proper()
        patterns = (
            (0.5, "{trade} {core}"),
            (0.62, "{trade} y {other} {core}"),
            (0.75, "{core} {tail}"),
            (0.9, "{trade} {core} {tail}"),
            (0.95, "{trade} {tail}"),
            (1.0, "{core}"),
        )
        pattern = next(pattern for below, pattern in patterns if roll < below)
        drawn = {
            "trade": rng.choice(TRADES),
            "other": rng.choice(TRADES),
            "tail": rng.choice(TAILS),
        }
        return pattern.format(core=core, **drawn)

    def trade_name(self, words: str) -> str:
        """Return a name for the street door: syllables run together, one's own word, or new."""
        rng = self.rng
        long = [word for word in words.replace("&", "").split() if len(word) > 2]
        roll = rng.random()
        if roll < 0.35 and len(long) > 1:
            size = rng.choice((1, 2, 3))
            starts = (slug(word)[: rng.choice((1, 2, 3)) if size > 1 else 1] for word in long)
            return ("".join(starts)[:10] + rng.choice(("", "", "sa", "peru", "sac"))).upper()
        if roll < 0.65 and long:
            own = [word for word in long if word not in TRADES] or long
            tail = rng.choice(["", "Perú", rng.choice(TRADES), rng.choice(TAILS)])
            return f"{own[-1]} {tail}".strip()
        if roll < 0.8:
            return self.coined()
        return f"{rng.choice(TRADES)} {self.proper()}"


def slug(text: str) -> str:
    """Leave the letters and digits, as in a web address."""
    return "".join(letter for letter in plain(text) if letter.isalnum())


def initials(words: str) -> str:
    return "".join(w[0] for w in words.split() if w.lower() not in _SMALL_WORDS).upper()
