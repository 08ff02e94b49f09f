"""The names that would tell whose problem it is, and a text without them."""

from collections.abc import Mapping

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from minka.innovation.models import Challenge, Problem
from minka.methods.redaction import is_proper_name, names_in, redact

OWNERS = ("problems__company__other_names", "problems__partners__other_names")


def names_of_owner(problem: Problem) -> list[str]:
    """Return the names that would tell whose problem it is: of all companies that joined it."""
    names = []
    for company in (problem.company, *problem.partners.all()):
        names += [company.name, *(other.text for other in company.other_names.all())]
    return names + [text for text in (problem.site, problem.sponsor) if is_proper_name(text)]


def names_told(challenge: Challenge, texts: Mapping[str, str]) -> dict[str, str]:
    """Return which texts name the owner of an anonymous challenge: key → the name found."""
    if challenge.names_company:
        return {}
    names = _names_of_owners(challenge)
    found = {key: names_in(text, names) for key, text in texts.items()}
    return {key: hits[0] for key, hits in found.items() if hits}


def owner_told(challenge: Challenge, texts: Mapping[str, str]) -> dict[str, str]:
    """Return, of an anonymous challenge, what is wrong with the texts that name its owner."""
    return {
        key: _("“%(name)s” tells whose problem it is, and this challenge is anonymous.")
        % {"name": name}
        for key, name in names_told(challenge, texts).items()
    }


def without_owner(challenge: Challenge, text: str) -> str:
    """Return words about a challenge with the names of its owner covered, if it is anonymous."""
    if challenge.names_company or not text:
        return text
    return redact(text, _names_of_owners(challenge), _("[name covered]"))


def _names_of_owners(challenge: Challenge) -> list[str]:
    prefetch_related_objects([challenge], *OWNERS)
    return [name for problem in challenge.problems.all() for name in names_of_owner(problem)]


def without_names(problem: Problem, text: str) -> str:
    """Return words of a problem with the names of its owner covered."""
    return redact(text, names_of_owner(problem), _("[name covered]"))
