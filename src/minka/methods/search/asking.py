"""What somebody typed becomes a question: each word with every way in which it may be said."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from minka.methods.search.analyser import STOP_WORDS, content_words, root, words_of
from minka.methods.search.bilingual import translations
from minka.methods.search.question import Alternative, Question, Want

TRANSLATED, SAME_CONCEPT, BEGUN = 0.85, 0.9, 0.8
SLIPS, SIZES = (0.6, 0.35, 0.25), (5, 7, 10)
EXPLAINING = 0.3  # what the context of a text weighs next to the text
LONGEST_PHRASE = 5
ACRONYM_SIZES = range(2, 11)
NEAREST = 12


def pieces(text: str) -> tuple[str, ...]:
    """Return the roots that a text asks for, each once."""
    return tuple(dict.fromkeys(root(word) for word in _asked(text)))


def _asked(text: str) -> list[str]:
    return content_words(text) or words_of(text)


def phrases(text: str) -> list[str]:
    """Return every run of up to five roots, as the labels of a thesaurus are kept."""
    all_roots = [root(word) for word in _asked(text)]
    return [
        " ".join(all_roots[at : at + size])
        for size in range(1, LONGEST_PHRASE + 1)
        for at in range(len(all_roots) - size + 1)
    ]


def spread(roots: Iterable[str]) -> list[str]:
    """Return the roots with their translations: whose counts a question needs."""
    known = translations()
    return list(dict.fromkeys(one for word in roots for one in (word, *known.get(word, ()))))


def halves(word: str) -> tuple[str, str]:
    """Return a beginning and an end one of which a slip leaves as it was."""
    size = max(2, len(word) // 2)
    return word[:size], word[-size:]


def near(word: str, known: Iterable[str]) -> list[tuple[str, float]]:
    """Return which of the known roots are meant when `word` is not known, the likeliest first.

    One slip of the finger from five letters on, two from seven, three from ten; the shorter word
    decides. At the start as many letters agree as there are slips.
    Source: Damerau (1964), "A technique for computer detection and correction of spelling errors".
    """
    found = []
    for one in known:
        size = min(len(one), len(word))
        allowed = sum(size >= least for least in SIZES)
        if one == word or not allowed:
            continue
        slips = OSA.distance(one, word, score_cutoff=allowed)
        if slips <= allowed and one[:slips] == word[:slips]:
            found.append((one, SLIPS[slips - 1]))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:NEAREST]


def compose(  # noqa: PLR0913 -- what is known of the words
    text: str,
    *,
    counts: Mapping[str, int],
    concepts: Mapping[str, Sequence[str]],
    neighbours: Mapping[str, Sequence[tuple[str, float]]],
    begun: Sequence[str] = (),
    context: str = "",
) -> Question:
    """Compose the question.

    Args:
        text: what was typed.
        counts: of each root, in how many documents it is.
        concepts: of a phrase of the thesaurus, all phrases that mean the same.
        neighbours: of a root that no document has, those that may be meant.
        begun: roots that the last word may become when it is written to its end.
        context: what goes with the text and explains it.
    """
    wants = _wants(text, counts, concepts, neighbours, begun)
    said = set(pieces(text))
    also = [
        Want((Alternative((one,)),), counts.get(one, 0), EXPLAINING)
        for one in pieces(context)
        if one not in said and counts.get(one)
    ]
    words = words_of(text)
    letters = tuple(
        dict.fromkeys(
            word
            for word in words
            if len(word) in ACRONYM_SIZES
            and word not in STOP_WORDS
            and root(word) not in translations()
            and counts.get(root(word), 0) < 3
        )
    )
    return Question((*wants, *also), " ".join(content_words(text)), letters[:3])


def _wants(
    text: str,
    counts: Mapping[str, int],
    concepts: Mapping[str, Sequence[str]],
    neighbours: Mapping[str, Sequence[tuple[str, float]]],
    begun: Sequence[str],
) -> list[Want]:
    asked = [root(word) for word in _asked(text)]
    wants, seen, at = [], set(), 0
    while at < len(asked):
        size = _concept_at(asked, at, concepts)
        phrase = " ".join(asked[at : at + max(size, 1)])
        if phrase not in seen:
            seen.add(phrase)
            last = at + max(size, 1) == len(asked)
            wants.append(
                _want(phrase, counts, concepts.get(phrase, ()), neighbours, begun if last else ())
            )
        at += max(size, 1)
    return wants


def _concept_at(asked: Sequence[str], at: int, concepts: Mapping[str, Sequence[str]]) -> int:
    for size in range(min(LONGEST_PHRASE, len(asked) - at), 0, -1):
        if " ".join(asked[at : at + size]) in concepts:
            return size
    return 0


def _want(
    phrase: str,
    counts: Mapping[str, int],
    same: Sequence[str],
    neighbours: Mapping[str, Sequence[tuple[str, float]]],
    begun: Sequence[str],
) -> Want:
    ways: dict[tuple[str, ...], float] = {tuple(phrase.split()): 1.0}
    for other in same:
        ways.setdefault(tuple(other.split()), SAME_CONCEPT)
    if " " not in phrase:
        for other in translations().get(phrase, ()):
            ways.setdefault((other,), TRANSLATED)
        for other in begun:
            ways.setdefault((other,), BEGUN)
        for other, weight in neighbours.get(phrase, ()):
            ways.setdefault((other,), weight)
    sure = [
        min((counts.get(one, 0) for one in way), default=0)
        for way, w in ways.items()
        if w > SLIPS[0]
    ]
    count = sum(sure) or sum(counts.get(way[0], 0) for way in ways)
    return Want(tuple(Alternative(way, weight) for way, weight in ways.items()), count)
