"""What makes a conflict of interest, in a sentence."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from minka.innovation.queries.conflicts import YEARS, Found
from minka.innovation.states import Ground


def ground_words(found: Found, names: Mapping[int, str]) -> str:
    """Return one ground as a sentence with the names of the organisations."""
    said = {
        "side": names.get(found.side, ""),
        "own": names.get(found.own or 0, ""),
        "detail": found.detail,
        "years": YEARS,
    }
    sentences = {
        Ground.ORGANISATION: _("Belongs to %(side)s."),
        Ground.PARTNER: _("Belongs to %(side)s, a partner of the consortium."),
        Ground.GROUP: _("%(own)s and %(side)s are of the same group of companies."),
        Ground.DECLARED: _("Declared about %(side)s: %(detail)s"),
        Ground.MAIL: _("Has an e-mail address at %(detail)s, as %(side)s has."),
        Ground.CO_PROPOSAL: _(
            "%(own)s and %(side)s proposed together less than %(years)s years ago."
        ),
        Ground.CONTRACT: _(
            "%(own)s and %(side)s have or had a contract in the last %(years)s years."
        ),
        Ground.TIE: _(
            "%(own)s and %(side)s are tied on the map, now or in the last %(years)s years."
        ),
    }
    return sentences[found.ground] % said


def all_words(grounds: Iterable[Found], names: Mapping[int, str]) -> list[str]:
    """Return every ground as a sentence, the gravest first."""
    return [ground_words(one, names) for one in grounds]
