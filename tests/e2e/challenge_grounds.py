"""What surrounds the challenges of the small cluster: a change, an agreement, an asked draft."""

from datetime import timedelta

from django.utils import timezone

from minka.core.models import User
from minka.innovation.actions.challenge_changes import extend_call
from minka.innovation.actions.nda import open_nda
from minka.innovation.models import Challenge


def ask_around(staff: User, drafted: Challenge, opened: Challenge) -> None:
    """Ask for the approval of one challenge; change another and open its confidential part."""
    Challenge.objects.filter(pk=drafted.pk).update(approval_asked_at=timezone.now())
    opened.nda_details_es, opened.nda_details_en = (
        "La línea 2 para en abril.",
        "Line 2 stops in April.",
    )
    opened.confidentiality_es, opened.confidentiality_en = "No se copia.", "It is not copied."
    opened.save()
    later = opened.call.closes_at + timedelta(days=3)
    extend_call(by=staff, challenge=opened, closes_at=later, reason="Feriado largo.")
    opened.refresh_from_db()
    open_nda(by=staff, challenge=opened)
