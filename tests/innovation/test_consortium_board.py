"""The board reveals what its authors chose to reveal; what two organisations write, nobody else reads."""

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.partner_board import post_search, remove_search, write_to
from minka.innovation.models import Challenge, PartnerPost
from minka.innovation.queries.consortium import messages_of, posts_of
from tests.factories import ActorFactory, ChallengeFactory, UserFactory
from tests.innovation.stories import member_of, move_deadline, staff

pytestmark = pytest.mark.django_db
OFFERS, SEEKS = "Ensayamos bombas a 4000 metros.", "Buscamos quien fabrique impulsores."
PRIVATE = "Podemos bajar el precio a la mitad."


def posted():
    challenge, actor = ChallengeFactory(), ActorFactory(name="Bombas del Sur S.A.C.")
    person = member_of(actor)
    post = post_search(by=person, challenge=challenge, actor=actor, offers=OFFERS, seeks=SEEKS)
    return challenge, post, person


def written():
    challenge, post, person = posted()
    other = ActorFactory(name="Fundición Andina E.I.R.L.")
    writer = member_of(other)
    write_to(by=writer, post=post, other=other, text=PRIVATE)
    return challenge, post, person, other, writer


def talk(client, person, post, other):
    client.force_login(person)
    return client.get(reverse("innovation:partner_talk", args=[post.pk, other.public_id]))


def test_people_of_an_organisation_read_the_board_and_nobody_else(client):
    challenge, _post, _person = posted()
    address = reverse("innovation:partner_board", args=[challenge.slug])
    client.force_login(member_of(ActorFactory()))
    assert OFFERS in client.get(address).content.decode()
    for stranger in (UserFactory(), staff()):
        client.force_login(stranger)
        assert OFFERS not in client.get(address).content.decode()
        assert not posts_of(viewer=stranger, challenge=challenge).exists()
    client.logout()
    assert client.get(address).status_code == 302
    page = client.get(reverse("innovation:challenge", args=[challenge.slug])).content.decode()
    assert "Bombas del Sur" not in page


def test_no_address_of_anybody_is_on_the_board_or_in_a_message(client):
    challenge, post, person, other, writer = written()
    client.force_login(writer)
    board = client.get(reverse("innovation:partner_board", args=[challenge.slug]))
    pages = [board, talk(client, writer, post, other)]
    assert not any(person.email in page.content.decode() for page in pages)
    assert writer.email not in talk(client, person, post, other).content.decode()
    told = " ".join(Notice.objects.values_list("body", flat=True))
    assert writer.email not in told
    assert PRIVATE not in told


def test_only_the_two_sides_read_what_they_write(client):
    _challenge, post, person, other, writer = written()
    for inside in (person, writer):
        assert PRIVATE in talk(client, inside, post, other).content.decode()
    for outside in (member_of(ActorFactory()), staff(), UserFactory(roles=["auditor"])):
        answer = talk(client, outside, post, other)
        assert (answer.status_code, PRIVATE in answer.content.decode()) == (404, False)
        assert not messages_of(viewer=outside, post=post).exists()
    assert not any(PRIVATE in repr(row) for row in LedgerEntry.objects.values_list())


def test_a_competitor_cannot_write_in_anothers_name_nor_answer_for_them():
    _challenge, post, _person, other, _writer = written()
    rival = member_of(ActorFactory())
    for is_answer in (False, True):
        with pytest.raises(NotAllowed):
            write_to(by=rival, post=post, other=other, text=PRIVATE, is_answer=is_answer)


def test_whoever_posted_answers_and_does_not_write_first():
    _challenge, post, person, other, _writer = written()
    write_to(by=person, post=post, other=other, text="Conversemos el lunes.", is_answer=True)
    with pytest.raises(NotAllowed):
        write_to(by=person, post=post, other=ActorFactory(), text="Compren aquí.", is_answer=True)


def test_posting_again_replaces_and_taking_off_ends_it():
    challenge, post, person = posted()
    again = post_search(
        by=person, challenge=challenge, actor=post.actor, offers=OFFERS, seeks="Otra cosa distinta."
    )
    assert (again.pk, PartnerPost.objects.count()) == (post.pk, 1)
    remove_search(by=person, post=post)
    with pytest.raises(WrongState):
        remove_search(by=person, post=post)
    assert not posts_of(viewer=person, challenge=challenge).exists()


def test_only_for_ones_own_organisation_with_words_and_while_the_call_runs():
    challenge, post, person = posted()
    with pytest.raises(NotAllowed):
        post_search(
            by=person, challenge=challenge, actor=ActorFactory(), offers=OFFERS, seeks=SEEKS
        )
    with pytest.raises(InvalidInput):
        post_search(by=person, challenge=challenge, actor=post.actor, offers=" ", seeks=SEEKS)
    with pytest.raises(NotAllowed):
        remove_search(by=member_of(ActorFactory()), post=post)
    move_deadline(challenge, seconds=-1)
    with pytest.raises(WrongState):
        post_search(by=person, challenge=challenge, actor=post.actor, offers=OFFERS, seeks=SEEKS)


def test_a_challenge_without_consortia_has_no_searches():
    challenge, post, person = posted()
    Challenge.objects.filter(pk=challenge.pk).update(consortium_allowed=False)
    challenge.refresh_from_db()
    with pytest.raises(WrongState):
        post_search(by=person, challenge=challenge, actor=post.actor, offers=OFFERS, seeks=SEEKS)


def test_the_board_and_the_messages_work_without_a_script(client):
    challenge, post, _person = posted()
    other = ActorFactory()
    client.force_login(member_of(other))
    board = reverse("innovation:partner_board", args=[challenge.slug])
    sent = {"organisation": other.public_id, "offers": OFFERS, "seeks": SEEKS}
    assert client.post(board, sent).status_code == 302
    address = reverse("innovation:partner_talk", args=[post.pk, other.public_id])
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Podemos fabricarlos."}).status_code == 302
    assert "Podemos fabricarlos." in client.get(address).content.decode()
    mine = PartnerPost.objects.get(actor=other)
    client.post(board, {"remove": mine.pk})
    assert client.post(board, {"remove": post.pk}).status_code == 403
    assert PartnerPost.objects.filter(removed_at__isnull=True).get() == post
