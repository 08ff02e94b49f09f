"""What the other side of a conversation about a problem is told."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.innovation.models import ProblemComment
from minka.innovation.notices.problems import people_of_problem

SHOWN = 600


def tell_of_comment(*, comment: ProblemComment) -> None:
    """Tell the company what the team says, and the other way round; never who has no part in it."""
    problem = comment.problem
    people = set(people_of_problem(problem))
    team = set(User.objects.filter(is_staff=True, is_active=True))

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Comment on: %(title)s") % {"title": problem.title},
            body=_("%(person)s writes:\n\n%(words)s")
            % {"person": comment.by, "words": Truncator(comment.text).chars(SHOWN)},
            url=reverse("innovation:problem", args=[problem.pk]) + "#conversacion",
        )

    told = people if comment.from_team else people | team
    notify(
        recipients=sorted(told - {comment.by}, key=lambda person: person.pk),
        kind="innovation.problem_comment",
        key=f"problem-comment:{comment.pk}",
        compose=compose,
    )
