"""Redacted copies that lack what was opened after they were confirmed: the economic parts."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.core.work import WorkItem
from minka.innovation.models import Assignment, Challenge, RedactedCopy
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.queries.redactions import is_stale
from minka.innovation.states import AssignmentState, BlindMode, ChallengeState, ProposalState

OPENED = Q(
    confirmed_at__isnull=False,
    proposal__state=ProposalState.SUBMITTED,
    proposal__ineligible_at__isnull=True,
    proposal__economic_sealed=False,
    proposal__challenge__state=ChallengeState.PUBLISHED,
    proposal__challenge__evaluation_terms__mode=BlindMode.DOUBLE,
    proposal__challenge__key__economic_opened_at__isnull=False,
)


def stale_copies(*, challenge: Challenge | None = None) -> list[RedactedCopy]:
    """No person: return the copies that have to be confirmed again, of one challenge or of all."""
    found: QuerySet[RedactedCopy] = RedactedCopy.objects.filter(OPENED)
    if challenge is not None:
        found = found.filter(proposal__challenge=challenge)
    rows = found.select_related("proposal__challenge").order_by("proposal__challenge", "pk")
    return [one for one in rows if is_stale(one)]


def stale_for(*, people: list[User], copies: list[RedactedCopy]) -> dict[int, int]:
    """Return how many of some copies each person may see, by id; whoever sees none is left out.

    Of proposals with which they have a conflict, computed or declared, nobody is told.
    """
    proposals = [one.proposal for one in copies]
    known = conflicts(proposals=proposals, people=people)
    aside = set(
        Assignment.objects.filter(
            proposal__in=proposals, evaluator__in=people, state=AssignmentState.CONFLICTED
        ).values_list("proposal_id", "evaluator_id")
    )
    counts = Counter(
        person.pk
        for one in proposals
        for person in people
        if (one.pk, person.pk) not in aside and not known.standing(one.pk, person.pk)
    )
    return dict(counts)


def copy_items(*, viewer: User) -> Iterator[WorkItem]:
    """Yield the double-blind challenges whose copies the team has to confirm again."""
    copies = stale_copies()
    if not copies:
        return
    mine = {one.pk: one for one in staff_challenges(viewer=viewer)}
    for pk, challenge in mine.items():
        here = [one for one in copies if one.proposal.challenge_id == pk]
        if here and (count := stale_for(people=[viewer], copies=here).get(viewer.pk)):
            yield WorkItem(
                title=_("Confirm the redacted copies again: “%(challenge)s”")
                % {"challenge": localized_text(challenge, "title")[0]},
                detail=ngettext(
                    "%(count)s copy lacks the economic parts that were opened",
                    "%(count)s copies lack the economic parts that were opened",
                    count,
                )
                % {"count": count},
                url=reverse("innovation:copies", args=[challenge.slug]),
                icon="eye",
            )
