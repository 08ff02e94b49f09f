"""What a supplier is told when the decisions of a challenge are released."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Decision, DecisionLetter
from minka.innovation.notices.proposals import people_of
from minka.innovation.notices.words import lima
from minka.innovation.queries.ranking import CriterionMean


def tell_decision(
    *, decision: Decision, means: list[CriterionMean], letter: DecisionLetter
) -> list[Notice]:
    """Tell the lead organisation the outcome, the feedback and the mean points by criterion."""
    proposal = decision.proposal

    def compose(_person: User) -> Message:
        challenge = localized_text(proposal.challenge, "title")[0]
        parts = [
            _("Decision on “%(title)s”: %(outcome)s.")
            % {"title": proposal.title, "outcome": decision.get_outcome_display()},
            _("Feedback:") + "\n" + decision.feedback,
        ]
        if lines := [_line(mean) for mean in means if mean.mean is not None]:
            parts.append(_("Mean points by criterion, from 1 to 5:") + "\n" + "\n".join(lines))
        parts.append(
            _("The letter says what convinced, what to better and what is open to you now. Until "
              "%(until)s you can ask for clarification or appeal.")
            % {"until": lima(letter.appeal_until)}
        )  # fmt: skip
        return Message(
            subject=_("Decision on your proposal to “%(challenge)s”") % {"challenge": challenge},
            body="\n\n".join(parts),
            url=reverse("innovation:letter", args=[letter.public_id]),
        )

    return notify(
        recipients=people_of(proposal),
        kind="innovation.decision_released",
        key=f"decision:{decision.pk}" + (f":{letter.version}" if letter.version > 1 else ""),
        compose=compose,
    )


def _line(mean: CriterionMean) -> str:
    return f"– {localized_text(mean.criterion, 'name')[0]}: {mean.mean:.1f}"
