"""What is public changes by versions: with a reason, told, and with time to react."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.challenge_changes import change_challenge, extend_call
from minka.innovation.actions.challenge_documents import remove_document
from minka.innovation.actions.followers import follow_challenge
from minka.innovation.forms.challenges import initial_of
from minka.innovation.models import Call, Challenge, ChallengeVersion, Edition
from minka.innovation.queries.challenge_content import fingerprint, record_as_it_was
from tests.factories import ChallengeFactory, MembershipFactory, ProposalFactory, UserFactory
from tests.innovation.challenge_stories import (
    NDA,
    TEXTS,
    published,
    whole,
    with_document,
    with_nda,
)
from tests.innovation.people import person_of, staff

pytestmark = pytest.mark.django_db
WHY = "La empresa afinó la línea base."


def as_it_is(challenge, **changes):
    """All that a challenge says, as its form would send it, with `changes`."""
    fresh = Challenge.objects.get(pk=challenge.pk)
    rows = [
        replace(row, pk=kept.pk, weight=kept.weight)
        for row, kept in zip(whole().criteria, fresh.criteria.all(), strict=True)
    ]
    said = initial_of(fresh)
    texts = {name: said.pop(name) for name in list(said) if name[-3:] in {"_es", "_en"}}
    texts |= changes.pop("texts", {})
    names = whole().__dataclass_fields__
    return whole(
        **{
            **{name: value for name, value in said.items() if name in names},
            "texts": texts,
            "criteria": rows,
            **changes,
        }
    )


def change(by, challenge, reason=WHY, **changes):
    fresh = Challenge.objects.get(pk=challenge.pk)
    return change_challenge(
        by=by,
        challenge=fresh,
        revision=fresh.revision,
        content=as_it_is(challenge, **changes),
        reason=reason,
    )


def closing_in(challenge, days):
    """Put the closing so many days from now, and the days after it where they belong."""
    closes = timezone.now() + timedelta(days=days)
    Call.objects.filter(challenge=challenge).update(
        closes_at=closes,
        questions_until=closes - timedelta(hours=3),
        opens_at=closes - timedelta(days=40),
        evaluation_until=closes.date() + timedelta(days=10),
        decision_on=closes.date() + timedelta(days=20),
        pilot_from=closes.date() + timedelta(days=40),
    )
    return closes


def test_publication_is_the_first_version_and_each_change_the_next_with_its_reason():
    by, challenge = published()
    first = ChallengeVersion.objects.get()
    assert (first.number, first.reason) == (1, "")
    assert first.sha256 == fingerprint(first.content)
    second = change(by, challenge, texts={"sought_es": "Ahora se busca menos."})
    assert (second.number, second.reason) == (2, WHY)
    entry = LedgerEntry.objects.get(verb="innovation.challenge_change")
    assert '"sought_es"' in entry.data and second.sha256 in entry.data
    assert "se busca menos" not in entry.data
    first.refresh_from_db()
    assert first.content["public"]["sought_es"] == TEXTS["sought_es"]


def test_a_change_needs_a_reason_a_difference_and_the_team():
    by, challenge = published()
    texts = {"sought_es": "Otra"}
    with pytest.raises(InvalidInput) as caught:
        change(by, challenge, reason=" ", texts=texts)
    assert list(caught.value.fields) == ["reason"]
    with pytest.raises(InvalidInput):
        change(by, challenge)
    with pytest.raises(NotAllowed):
        change(person_of(challenge.problems.get().company), challenge, texts=texts)
    assert ChallengeVersion.objects.count() == 1
    assert Challenge.objects.get().sought_es == TEXTS["sought_es"]


def test_of_two_who_change_at_once_the_second_gets_a_conflict():
    by, challenge = published()
    change(by, challenge, texts={"sought_es": "Una"})
    with pytest.raises(Conflict):
        change_challenge(
            by=by,
            challenge=challenge,
            revision=challenge.revision,
            content=as_it_is(challenge, texts={"sought_es": "Otra"}),
            reason=WHY,
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"texts": {"eligibility_en": ""}},
        {"texts": {"confidentiality_es": "", "confidentiality_en": ""}},
        {"opens_at": None, "closes_at": None},
        {"questions_until": None},
    ],
)
def test_what_is_public_stays_whole(changes):
    by, challenge = published(with_nda())
    with pytest.raises(InvalidInput):
        change(by, challenge, **changes)


def test_weights_still_sum_to_a_hundred_and_are_compared():
    by, challenge = published()
    rows = list(as_it_is(challenge).criteria)
    with pytest.raises(InvalidInput):
        change(by, challenge, criteria=[replace(rows[0], weight=70), rows[1]])
    version = change(
        by, challenge, criteria=[replace(rows[0], weight=70), replace(rows[1], weight=30)]
    )
    assert [one["weight"] for one in version.content["public"]["criteria"]] == [70, 30]


def test_it_never_closes_earlier_than_it_was_published():
    by, challenge = published()
    sooner = challenge.call.closes_at - timedelta(days=1)
    with pytest.raises(InvalidInput) as caught:
        change(by, challenge, closes_at=sooner)
    assert "closes_at" in caught.value.fields


@pytest.mark.parametrize(
    ("left", "days", "moved"), [(2.1, 7, 5), (6.9, 7, 1), (0.01, 7, 7), (8, 7, 0), (2, 0, 0)]
)
def test_a_late_change_moves_the_closing_by_whole_days(left, days, moved):
    by, challenge = published()
    Edition.objects.update(change_notice_days=days)
    before = closing_in(challenge, left)
    old = Call.objects.get()
    version = change(by, challenge, texts={"sought_es": "Otra cosa"})
    call = Call.objects.get()
    assert call.closes_at - before == timedelta(days=moved)
    assert call.closes_at - timezone.now() >= timedelta(days=days)
    for name in ("questions_until", "evaluation_until", "decision_on", "pilot_from"):
        assert getattr(call, name) - getattr(old, name) == timedelta(days=moved)
    assert version.closed_at_before == (before if moved else None)
    shown = version.content["public"]["closes_at"]
    assert shown == call.closes_at.isoformat()  # the version has the deadline that follows


@pytest.mark.parametrize(
    "texts", [{"title_es": "Otro título"}, {"summary_en": "Other words"}, {"background_es": "Más"}]
)
def test_words_that_only_tell_move_nothing(texts):
    by, challenge = published()
    before = closing_in(challenge, 1)
    change(by, challenge, texts=texts)
    assert Call.objects.get().closes_at == before


def test_what_binds_moves_it_also_when_it_is_a_sum_a_document_or_confidential():
    by, challenge = published(with_nda())
    for write in (
        lambda: change(by, challenge, pilot_budget_usd=Decimal(50_000)),
        lambda: change(by, challenge, texts={"nda_limits_es": "A 4 800 m s. n. m."}),
        lambda: with_document(by, Challenge.objects.get(), reason=WHY),
    ):
        before = closing_in(challenge, 1.1)
        write()
        assert Call.objects.get().closes_at == before + timedelta(days=6)


def test_more_time_alone_moves_nothing_further():
    by, challenge = published()
    before = closing_in(challenge, 1)
    later = before + timedelta(days=2)
    call = extend_call(by=by, challenge=challenge, closes_at=later, reason="Feriado largo.")
    assert call.closes_at == later
    assert ChallengeVersion.objects.get(number=2).closed_at_before is None


def test_after_closing_only_words_and_the_days_that_follow_change():
    by, challenge = published()
    closing_in(challenge, -1)
    with pytest.raises(WrongState):
        change(by, challenge, texts={"sought_es": "Otra cosa"})
    later = Call.objects.get().decision_on + timedelta(days=5)
    assert change(by, challenge, decision_on=later).number == 2


def test_followers_those_who_write_and_the_company_are_told_once_and_nobody_else():
    by, challenge = published()
    follower, stranger = UserFactory(), UserFactory()
    follow_challenge(by=follower, challenge=challenge)
    writer = MembershipFactory(actor=ProposalFactory(challenge=challenge).lead).user
    follow_challenge(by=writer, challenge=challenge)
    area = person_of(challenge.problems.get().company)
    closing_in(challenge, 1)
    change(by, challenge, texts={"sought_es": "Otra cosa"})
    for person in (follower, writer, area):
        [notice] = Notice.objects.filter(recipient=person, key__endswith=":version:2")
        assert WHY in notice.body
    assert not Notice.objects.filter(recipient=stranger).exists()


def test_the_difference_is_shown_field_by_field_and_the_old_page_stays(client):
    by, challenge = published(with_nda())
    change(
        by,
        challenge,
        texts={"sought_es": "Texto nuevo de sought_es", "nda_limits_es": "Secreto nuevo"},
        trl_minimum=6,
    )
    page = client.get(reverse("innovation:challenge_versions", args=[challenge.slug])).text
    assert re.search(r"<ins>[^<]*nuevo", page) and WHY in page and "Secreto" not in page
    assert "6 · " in page
    old = client.get(reverse("innovation:challenge_version", args=[challenge.slug, 1]))
    assert "Texto de sought_es" in old.text and "Texto nuevo" not in old.text
    assert NDA["nda_limits_es"] not in old.text
    client.force_login(staff())
    full = client.get(reverse("innovation:challenge_versions", args=[challenge.slug]))
    assert "Secreto" in full.text
    assert "no-store" in full["Cache-Control"]
    whole_old = client.get(reverse("innovation:challenge_version", args=[challenge.slug, 1]))
    assert NDA["nda_limits_es"] in whole_old.text
    assert client.get(_version(challenge, 3)).status_code == 404


def _version(challenge, number):
    return reverse("innovation:challenge_version", args=[challenge.slug, number])


def test_a_document_that_was_taken_out_stays_in_the_version_that_has_it(client):
    by, challenge = published()
    paper = with_document(by, challenge, reason="Se suma la ficha.")
    remove_document(
        by=by, challenge=Challenge.objects.get(), document=paper, reason="La ficha tenía un error."
    )
    url = reverse("innovation:challenge_document", args=[challenge.slug, paper.file.uid])
    assert url not in client.get(reverse("innovation:challenge", args=[challenge.slug])).text
    assert url in client.get(_version(challenge, 2)).text
    assert b"".join(client.get(url).streaming_content) == b"Caudal 40 l/s"


def test_what_was_published_before_versions_stays_public_and_gets_its_first_one(client):
    challenge = ChallengeFactory()
    page = client.get(reverse("innovation:challenge", args=[challenge.slug]))
    assert page.status_code == 200
    versions = reverse("innovation:challenge_versions", args=[challenge.slug])
    assert client.get(versions).status_code == 200
    extend_call(
        by=staff(),
        challenge=challenge,
        closes_at=challenge.call.closes_at + timedelta(days=3),
        reason="Feriado largo.",
    )
    first, second = ChallengeVersion.objects.order_by("number")
    assert first.at == challenge.published_at and second.reason == "Feriado largo."
    assert first.content["public"]["closes_at"] < second.content["public"]["closes_at"]


def test_a_version_gives_the_record_back_as_it_was():
    _by, challenge = published(with_nda(pilot_budget_usd=Decimal("1234.50"), purchase="talks"))
    version = ChallengeVersion.objects.get()
    was = record_as_it_was(challenge, version.content)
    assert was.challenge.pilot_budget_usd == Decimal("1234.50")
    assert was.call.closes_at == challenge.call.closes_at
    assert was.call.decision_on == Call.objects.get().decision_on
    assert [one.high_en for one in was.criteria] == ["All of it", "All of it"]


@pytest.mark.parametrize("rows", [1, 6])
def test_the_page_costs_the_same_for_one_version_or_many(
    client, rows, django_assert_max_num_queries
):
    by, challenge = published()
    for number in range(rows):
        change(by, challenge, texts={"sought_es": f"Versión {number}"})
    with django_assert_max_num_queries(40) as captured:
        client.get(reverse("innovation:challenge", args=[challenge.slug]))
    assert len(captured) == COST.setdefault("page", len(captured))
    with django_assert_max_num_queries(30) as captured:
        client.get(reverse("innovation:challenge_versions", args=[challenge.slug]))
    assert len(captured) == COST.setdefault("versions", len(captured))


COST: dict[str, int] = {}
