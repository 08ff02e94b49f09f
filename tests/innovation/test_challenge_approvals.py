"""Three approvals before publication, each of its own company, void when the draft changes."""

import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.challenge_approvals import answer_approval, ask_approval
from minka.innovation.actions.challenges import draft_challenge, save_challenge
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.actions.protection import choose_protection
from minka.innovation.models import Challenge, ChallengeApproval
from minka.innovation.queries.challenge_approvals import drafts_to_read, seats_of, visible_seats
from minka.innovation.queries.work_problems import work_items
from minka.innovation.states import Protection
from tests.factories import MembershipFactory, ProblemFactory, UserFactory
from tests.innovation.challenge_stories import (
    TEXTS,
    answer,
    approve_all,
    drafted,
    saved,
    whole,
    with_document,
    with_nda,
)
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db
TITLE = "Fajas que aún nadie conoce"


def asked(content=None, **problem):
    by, challenge = saved(content, **problem)
    return by, ask_approval(by=by, challenge=challenge)


def seat_of(challenge, kind, actor=None):
    return next(
        one
        for one in seats_of(Challenge.objects.get(pk=challenge.pk))
        if one.seat == kind and (actor is None or one.company == actor)
    )


def test_three_seats_of_one_company_have_to_approve_and_the_list_says_who_has_not():
    by, challenge = asked()
    actor = challenge.problems.get().company
    area, speaker = person_of(actor), person_of(actor, role="representative")
    answer(challenge, area, seat_of(challenge, "user_area"))
    with pytest.raises(InvalidInput) as caught:
        publish_challenge(by=by, challenge=challenge)
    assert list(caught.value.fields) == ["approvals"]
    said = str(caught.value.fields["approvals"])
    assert actor.name in said and said.count(actor.name) == 1  # the user area is not missing
    answer(challenge, speaker, seat_of(challenge, "representative"))
    answer(challenge, by, seat_of(challenge, "team"))
    assert publish_challenge(by=by, challenge=challenge).state == "published"


def test_what_several_companies_state_each_of_them_approves():
    one, two = company("Minera Uno S.A."), company("Minera Dos S.A.")
    joint = ProblemFactory(state="shortlisted", company=one)
    joint.partners.add(two)
    by = staff()
    challenge = draft_challenge(by=by, problems=[joint])
    challenge = save_challenge(by=by, challenge=challenge, revision=0, content=whole())
    challenge = ask_approval(by=by, challenge=challenge)
    assert len(seats_of(challenge)) == 5
    speaker = person_of(one, role="representative")
    with pytest.raises(NotAllowed):
        answer(challenge, speaker, seat_of(challenge, "representative", two))
    seen = visible_seats(viewer=speaker, challenge=challenge)
    assert {seat.company for seat in seen} == {one, None}


def test_a_joint_problem_needs_its_partners_too():
    other = company("Minera Aliada S.A.")
    by, challenge = saved()
    challenge.problems.get().partners.add(other)
    assert {seat.company for seat in seats_of(Challenge.objects.get())} >= {other}
    assert ask_approval(by=by, challenge=challenge).approval_asked_at is not None


def test_each_seat_needs_its_own_role_and_one_person_answers_once():
    by, challenge = asked()
    actor = challenge.problems.get().company
    member, area = person_of(actor, role="member"), person_of(actor)
    for person, kind in ((member, "user_area"), (area, "representative"), (area, "team")):
        with pytest.raises(NotAllowed):
            answer(challenge, person, seat_of(challenge, kind))
    MembershipFactory(user=by, actor=actor, role="representative")
    answer(challenge, by, seat_of(challenge, "team"))
    with pytest.raises(NotAllowed):
        answer(challenge, by, seat_of(challenge, "representative"))


def test_changes_are_asked_for_with_a_reason_that_the_team_reads():
    by, challenge = asked()
    area = person_of(challenge.problems.get().company)
    with pytest.raises(InvalidInput):
        answer(challenge, area, seat_of(challenge, "user_area"), approves=False, reason="No")
    reason = "La línea base es de 2024, no de 2025."
    answer(challenge, area, seat_of(challenge, "user_area"), approves=False, reason=reason)
    assert reason in Notice.objects.get(recipient=by, kind="innovation.challenge_answered").body
    assert reason not in " ".join(LedgerEntry.objects.values_list("data", flat=True))
    answer(challenge, area, seat_of(challenge, "user_area"))  # agreed by telephone
    assert seat_of(challenge, "user_area").approves


def test_a_change_of_the_draft_voids_the_answers_and_says_so():
    by, challenge = asked()
    area = person_of(challenge.problems.get().company)
    answer(challenge, area, seat_of(challenge, "user_area"))
    texts = {**TEXTS, "sought_es": "Otra cosa"}
    save_challenge(
        by=by, challenge=challenge, revision=challenge.revision, content=whole(texts=texts)
    )
    assert seat_of(challenge, "user_area").given is None
    assert Challenge.objects.get().approval_asked_at is None
    assert Notice.objects.filter(recipient=area, kind="innovation.challenge_approval_void").exists()
    with pytest.raises(WrongState):
        answer(challenge, area, seat_of(challenge, "user_area"))


def test_saving_the_same_again_voids_nothing_but_a_document_does():
    content = whole()
    by, challenge = asked(content)
    area = person_of(challenge.problems.get().company)
    answer(challenge, area, seat_of(challenge, "user_area"))
    saved_again = save_challenge(
        by=by, challenge=challenge, revision=challenge.revision, content=_same(challenge, content)
    )
    assert seat_of(saved_again, "user_area").approves
    with_document(by, saved_again)
    assert seat_of(saved_again, "user_area").given is None


def _same(challenge, content):
    """The same content with its criteria known: they keep their ids."""
    from dataclasses import replace

    ids = challenge.criteria.order_by("position").values_list("pk", flat=True)
    rows = [replace(row, pk=pk) for row, pk in zip(content.criteria, ids, strict=True)]
    return replace(content, criteria=rows)


def test_one_approves_what_one_has_read_and_nothing_newer():
    _by, challenge = asked()
    area = person_of(challenge.problems.get().company)
    with pytest.raises(Conflict):
        answer_approval(
            by=area,
            challenge=challenge,
            seat=seat_of(challenge, "user_area").key,
            sha256="0" * 64,
            approves=True,
        )


def test_approval_is_asked_for_only_when_the_words_are_whole():
    by, challenge = drafted()
    with pytest.raises(InvalidInput) as caught:
        ask_approval(by=by, challenge=challenge)
    assert "summary_es" in caught.value.fields and "approvals" not in caught.value.fields


def test_approvers_read_both_parts_and_answer_on_the_page(client):
    texts = {**with_nda().texts, "title_es": TITLE}
    _by, challenge = asked(whole(texts=texts))
    area = person_of(challenge.problems.get().company)
    client.force_login(area)
    url = reverse("innovation:challenge_approval", args=[challenge.slug])
    page = client.get(url)
    assert "no-store" in page["Cache-Control"]
    assert "Texto de sought_es" in page.text and "Reserva nda_limits_es" in page.text
    seat = seat_of(challenge, "user_area")
    sha256 = page.context["sha256"]
    done = client.post(url, {"seat": seat.key, "sha256": sha256, "do": "approve"})
    assert done.status_code == 302 and seat_of(challenge, "user_area").approves
    wrong = client.post(url, {"seat": seat.key, "sha256": sha256, "do": "changes", "reason": ""})
    assert wrong.status_code == 422


def rivals(challenge):
    own = challenge.problems.get().company
    rival = company("Minera Cerro Illari S.A.")
    return [
        person_of(rival),
        person_of(rival, role="representative"),
        person_of(own, role="member"),
        MembershipFactory(actor=own, role="representative", state="ended").user,
        UserFactory(roles=["evaluator"]),
        UserFactory(),
    ]


def test_nobody_else_learns_that_a_draft_exists(client):
    texts = {**with_nda().texts, "title_es": TITLE}
    by, challenge = asked(whole(texts=texts))
    stored = with_document(by, challenge, part="nda").file
    challenge = ask_approval(by=by, challenge=Challenge.objects.get())
    people = rivals(challenge)
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert not told & {person.pk for person in people}
    names = ("challenge", "challenge_approval", "challenge_versions", "nda", "nda_openings")
    for person in (None, *people):
        client.logout()
        if person:
            client.force_login(person)
            assert not drafts_to_read(viewer=person).exists()
            assert not any(TITLE in item.title for item in work_items(viewer=person))
            post = client.post(
                reverse("innovation:challenge_approval", args=[challenge.slug]),
                {"seat": "team:", "sha256": "0", "do": "approve"},
            )
            assert post.status_code == 404
            assert client.get(reverse("core:ledger")).status_code in {403, 404}
        for name in names:
            page = client.get(reverse(f"innovation:{name}", args=[challenge.slug]))
            assert page.status_code in {302, 404} and TITLE not in page.text
        page = client.get(
            reverse("innovation:challenge_document", args=[challenge.slug, stored.uid])
        )
        assert page.status_code == 404
        for address in (
            "/buscar/?q=fajas+nadie",
            "/desafios/?q=fajas+nadie",
            "/api/innovation/challenges?q=fajas",
            f"/api/innovation/challenges/{challenge.slug}",
        ):
            assert TITLE not in client.get(address).text


def test_the_company_does_not_see_the_draft_before_it_is_asked(client):
    _by, challenge = saved()
    client.force_login(person_of(challenge.problems.get().company, role="representative"))
    url = reverse("innovation:challenge_approval", args=[challenge.slug])
    assert client.get(url).status_code == 404


def test_the_ledger_has_the_fingerprint_that_was_approved_and_no_words():
    by, challenge = saved(with_nda())
    approve_all(by, challenge)
    entries = LedgerEntry.objects.filter(verb="innovation.challenge_approve")
    assert entries.count() == 3
    data = " ".join(LedgerEntry.objects.values_list("data", flat=True))
    assert "Reserva" not in data and "Texto de" not in data


@pytest.mark.parametrize("rows", [1, 4])
def test_what_waits_for_an_approver_costs_the_same_for_one_or_many(
    rows, django_assert_max_num_queries
):
    actor = company()
    area = person_of(actor)
    for _ in range(rows):
        asked(company=actor)
    with django_assert_max_num_queries(40) as captured:
        found = [item for item in work_items(viewer=area) if item.icon == "check"]
    assert len(found) == rows
    assert len(captured) == COST.setdefault("work", len(captured))


COST: dict[str, int] = {}


def test_choosing_another_protection_voids_the_answers():
    by, challenge = asked()
    answer(challenge, by, seat_of(challenge, "team"))
    choose_protection(by=by, challenge=challenge, protection=Protection.SEALED)
    assert not ChallengeApproval.objects.filter(voided_at__isnull=True).exists()
    assert Challenge.objects.get().approval_asked_at is None


def test_a_company_reads_how_proposals_are_protected_before_it_approves(client):
    by, challenge = saved()
    choose_protection(by=by, challenge=challenge, protection=Protection.SEALED)
    ask_approval(by=by, challenge=challenge)
    client.force_login(person_of(challenge.problems.get().company))
    page = client.get(reverse("innovation:challenge_approval", args=[challenge.slug]))
    assert "Selladas con cifrado" in page.content.decode()
