"""What whoever keeps a version of the shortlist study is told."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.innovation.models import DecisionPack, ShortlistStudy
from minka.innovation.states import StudyState


def tell_draws_done(*, study: ShortlistStudy) -> None:
    """Tell whoever kept a version how firm its set is now known to be."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Version %(number)s of the shortlist is complete") % {"number": study.number},
            body=_("It is now known how firm each place on it is."),
            url=reverse("innovation:study", args=[study.pk]),
        )

    notify(
        recipients=[study.by],
        kind="innovation.study_done",
        key=f"study:{study.pk}",
        compose=compose,
    )


def tell_pack_done(*, pack: DecisionPack) -> None:
    """Tell whoever asked for a decision pack that it is there, or could not be made."""

    def compose(_person: User) -> Message:
        number = {"number": pack.study.number}
        url = reverse("innovation:study", args=[pack.study_id])
        if pack.state == StudyState.READY:
            subject = _("The decision pack of version %(number)s is ready") % number
            return Message(subject, _("It can be downloaded."), url)
        subject = _("The decision pack of version %(number)s could not be made") % number
        return Message(subject, _("Nothing is lost: it can be tried again."), url)

    notify(
        recipients=[pack.by],
        kind="innovation.pack_done",
        key=f"pack:{pack.pk}:{pack.state}",
        compose=compose,
    )
