"""Numbers of registers as search keeps them: found as they are typed, or only when they are whole.

What tells who a natural person is must not be learnt digit by digit from what is offered to
somebody who types.
"""

from minka.methods.identifiers import of_person
from minka.methods.search.analyser import surface
from minka.methods.text import search_key


def number_tokens(scheme: str, value: str) -> list[str]:
    """Return the tokens of a number; of a natural person's there is one, with a mark of its own."""
    words = search_key(value).split()
    return [whole("".join(words))] if of_person(scheme, value) else [surface(one) for one in words]


def whole(word: str) -> str:
    """Return the token of a number that is found only where all of it is asked for."""
    return f"n{surface(word)}"
