"""The names that would tell whose problem it is, and a text without them."""

from django.utils.translation import gettext as _

from minka.innovation.models import Problem
from minka.methods.redaction import is_proper_name, redact


def names_of_owner(problem: Problem) -> list[str]:
    """Return the names that would tell whose problem it is: of all companies that joined it."""
    names = []
    for company in (problem.company, *problem.partners.all()):
        names += [company.name, *(other.text for other in company.other_names.all())]
    return names + [text for text in (problem.site, problem.sponsor) if is_proper_name(text)]


def without_names(problem: Problem, text: str) -> str:
    """Return words of a problem with the names of its owner covered."""
    return redact(text, names_of_owner(problem), _("[name covered]"))
