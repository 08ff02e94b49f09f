"""How a version was reckoned, in plain words, with what would be needed to do it again."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.templatetags.formats import number
from minka.innovation.models import ShortlistStudy
from minka.innovation.sources.studio_words import text_of


def method_notes(study: ShortlistStudy) -> list[list[str]]:
    """Return the notes, a heading and its paragraph each."""
    inputs = study.inputs
    told = inputs["ratings"]
    weights = "; ".join(f"{text_of(one)} {one['weight']} %" for one in inputs["criteria"])
    return [
        [
            _("Ratings"),
            ngettext(
                "%(count)s ratings from 1 to 5 by %(raters)s person. Points for one's own company "
                "are left out. Weights of the criteria: %(weights)s.",
                "%(count)s ratings from 1 to 5 by %(raters)s people. Points for one's own company "
                "are left out. Weights of the criteria: %(weights)s.",
                told["raters"],
            )
            % {"count": number(told["count"]), "raters": told["raters"], "weights": weights},
        ],
        [_("Calibration"), _calibration(told)],
        [
            _("Choice"),
            _(
                "Among all sets of %(size)s problems that meet the conditions, the one whose "
                "calibrated values sum to the most, found and proven by integer programming "
                "(HiGHS). Reasons and prices are exact: each was found by solving again without "
                "that problem or condition."
            )
            % {"size": inputs["size"]},
        ],
        [
            _("Firmness"),
            _(
                "The best set was found anew %(draws)s times, with values drawn around the "
                "calibrated ones by their standard errors and weights around the given ones "
                "(Dirichlet distribution, concentration %(concentration)s). The standard error of "
                "a share stands beside it."
            )
            % {
                "draws": number(inputs["draws"]),
                "concentration": number(inputs["concentration"]),
            },
        ],
        [
            _("Limits"),
            _(
                "Values say what raters think of the problems, not what they will bring. Draws "
                "take the errors of different problems as independent. A condition is a wish of "
                "people, not a fact: its price says what it costs, not whether it is right."
            ),
        ],
        [
            _("The same again"),
            _(
                "This version does not change. Version %(number)s, inputs %(sha256)s; ratings "
                "%(ratings)s (SHA-256)."
            )
            % {
                "number": study.number,
                "sha256": study.inputs_sha256,
                "ratings": told["sha256"],
            },
        ],
    ]


def _calibration(told: dict[str, float]) -> str:
    if told["is_assumed"]:
        return _(
            "Too few problems were rated by several people to tell how severe each rater is: "
            "plain means are used, and the uncertainty of one rating is assumed to be %(noise)s "
            "points."
        ) % {"noise": number(told["noise"], 2)}
    return _(
        "Each rater's mean of a problem is taken as the value of the problem, plus the rater's "
        "severity, plus chance. Severities are estimated by best linear unbiased prediction with "
        "restricted maximum likelihood (Henderson 1975) and taken out. Raters differ in severity "
        "by %(severity)s points, chance by %(noise)s (standard deviations)."
    ) % {"severity": number(told["severity"], 2), "noise": number(told["noise"], 2)}
