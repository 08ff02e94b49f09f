"""Forms of a published challenge that travel: what they hold, and what never gets into them."""

import io
import re
import struct
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import models
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from minka.core.errors import InvalidInput, NotAllowed
from minka.innovation.actions.presentations import (
    Occasion,
    add_presentation,
    remove_presentation,
)
from minka.innovation.models import Call, Challenge
from minka.innovation.queries.challenges_public import (
    PUBLIC_TEXTS,
    public_challenge,
    public_challenges,
)
from tests.factories import (
    ChallengeFactory,
    ChallengeQuestionFactory,
    ProblemFactory,
    StoredFileFactory,
    UserFactory,
)
from tests.innovation.people import company, staff

pytestmark = pytest.mark.django_db

FORMS = ("challenge_picture", "challenge_pdf", "challenge_news", "challenge_calendar")
ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "SECRETO-8842"


def get(client, name, *args):
    return client.get(reverse(f"innovation:{name}", args=args))


def full():
    """A challenge with every date, an event, a question and a company that stays unnamed."""
    challenge = ChallengeFactory(
        title_es="Menos polvo en las vías & accesos", title_en="Less dust on haul roads & ramps"
    )
    problem = ProblemFactory(company=company("Minera Quebrada Sillar S.A."), state="challenged")
    challenge.problems.set([problem])
    call = challenge.call
    call.questions_until = call.closes_at - timedelta(days=3)
    call.evaluation_until = call.closes_at.date() + timedelta(days=20)
    call.decision_on = call.closes_at.date() + timedelta(days=30)
    call.pilot_from = call.closes_at.date() + timedelta(days=60)
    call.save()
    ChallengeQuestionFactory(challenge=challenge, published=True)
    add_presentation(
        by=staff(),
        challenge=challenge,
        occasion=Occasion("PERUMIN 38", date(2027, 9, 20), "Arequipa"),
    )
    return challenge


def pdf_text(content):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("name", [*FORMS, "challenge_qr"])
def test_the_same_bytes_for_everybody_and_nothing_again_for_who_has_them(client, name):
    challenge = full()
    args = [challenge.slug] if name == "challenge_qr" else [challenge.slug, "es"]
    first = get(client, name, *args)
    assert first.status_code == 200
    cache.clear()
    for person in (staff(), UserFactory(language="en", time_zone="Asia/Tokyo")):
        client.force_login(person)
        again = client.get(reverse(f"innovation:{name}", args=args) + "?lang=en")
        assert again.content == first.content
        assert again["ETag"] == first["ETag"]
    etag = first["ETag"]
    kept = client.get(reverse(f"innovation:{name}", args=args), headers={"if-none-match": etag})
    assert (kept.status_code, kept.content) == (304, b"")


@pytest.mark.parametrize("name", FORMS)
def test_drafts_and_unknown_languages_are_not_there(client, name):
    draft = ChallengeFactory(state="draft")
    client.force_login(staff())
    assert get(client, name, draft.slug, "es").status_code == 404
    assert get(client, name, ChallengeFactory().slug, "fr").status_code == 404
    assert get(client, "challenge_qr", draft.slug).status_code == 404


def test_the_picture_has_the_size_that_networks_ask_for_and_is_drawn_once(client, monkeypatch):
    challenge = full()
    first = get(client, "challenge_picture", challenge.slug, "es")
    assert struct.unpack(">II", first.content[16:24]) == (1200, 630)
    monkeypatch.setattr("minka.innovation.sources.sharing.papers.render_card", pytest.fail)
    assert get(client, "challenge_picture", challenge.slug, "es").content == first.content


def test_a_change_of_what_it_says_changes_the_picture(client):
    challenge = full()
    before = get(client, "challenge_picture", challenge.slug, "es")
    Challenge.objects.filter(pk=challenge.pk).update(title_es="Otro título")
    after = get(client, "challenge_picture", challenge.slug, "es")
    assert before["ETag"] != after["ETag"]
    assert before.content != after.content


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ["Menos polvo", "PERUMIN 38", "Fechas", "Impacto", "50 %"]),
        ("en", ["Less dust", "PERUMIN 38", "Dates", "Impacto"]),
    ],
)
def test_the_pdf_is_a_few_pages_in_one_language_with_dates_and_criteria(client, language, words):
    challenge = full()
    answer = get(client, "challenge_pdf", challenge.slug, language)
    reader = PdfReader(io.BytesIO(answer.content))
    assert 1 <= len(reader.pages) <= 3
    assert reader.trailer["/Root"]["/Lang"][:2] == language
    text = pdf_text(answer.content)
    for word in words:
        assert word in text, word
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert any(challenge.slug in str(link.get("/A", {}).get("/URI", "")) for link in links)


def test_long_texts_stay_on_three_pages(client):
    long = "Texto de una frase que dice algo útil y sigue. " * 38
    texts = {f"{name}_es": long for name in PUBLIC_TEXTS[1:]}
    challenge = ChallengeFactory(**{**texts, "summary_es": "Corto."})
    answer = get(client, "challenge_pdf", challenge.slug, "es")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) <= 3


def test_the_feed_of_a_challenge_is_valid_and_its_identities_stay(client):
    challenge = full()
    answer = get(client, "challenge_news", challenge.slug, "es")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    for parent in (feed, *feed.findall(f"{ATOM}entry")):
        for child in ("id", "title", "updated"):
            assert parent.findtext(f"{ATOM}{child}")
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 3  # the feed, the publication, the answer
    Challenge.objects.filter(pk=challenge.pk).update(title_es="Otro <título> & más\x0b")
    again = ET.fromstring(get(client, "challenge_news", challenge.slug, "es").content)
    assert [one.text for one in again.iter(f"{ATOM}id")] == ids
    english = ET.fromstring(get(client, "challenge_news", challenge.slug, "en").content)
    assert "4,100 metres." in "".join(english.itertext())
    assert "4 100 metros." not in "".join(english.itertext())


def test_the_feed_of_all_has_what_is_published_the_newest_first(client):
    old, new = ChallengeFactory(), ChallengeFactory()
    Challenge.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=9))
    ChallengeFactory(state="draft", title_es=SECRET)
    feed = ET.fromstring(get(client, "challenges_news", "es").content)
    titles = [one.findtext(f"{ATOM}title") for one in feed.findall(f"{ATOM}entry")]
    assert titles == [new.title_es, old.title_es]


def test_a_calendar_has_one_event_for_each_date_and_keeps_its_identities(client):
    challenge = full()
    first = Calendar.from_ical(get(client, "challenge_calendar", challenge.slug, "es").content)
    events = {str(one["UID"]): one for one in first.walk("VEVENT")}
    assert len(events) == 6
    assert not [one for one in events.values() if one.errors]
    starts = [one.decoded("DTSTART") for one in events.values()]
    assert challenge.call.closes_at.replace(microsecond=0) in starts
    assert challenge.call.decision_on in starts
    Call.objects.filter(challenge=challenge).update(
        closes_at=challenge.call.closes_at + timedelta(days=1)
    )
    Challenge.objects.filter(pk=challenge.pk).update(revision=challenge.revision + 1)
    later = Calendar.from_ical(get(client, "challenge_calendar", challenge.slug, "en").content)
    moved = {str(one["UID"]): one for one in later.walk("VEVENT")}
    assert moved.keys() == events.keys()
    assert all(moved[uid]["SEQUENCE"] > events[uid]["SEQUENCE"] for uid in moved)


def test_lines_of_a_calendar_are_folded_and_end_as_the_standard_says(client):
    challenge = full()
    Challenge.objects.filter(pk=challenge.pk).update(title_es="Ñandú, más; " * 15)
    content = get(client, "challenge_calendar", challenge.slug, "es").content
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


def test_the_calendar_of_all_has_what_is_open_or_opens_soon(client):
    for phase in ("open", "upcoming", "closed"):
        ChallengeFactory(call__phase=phase, title_es=f"Desafío {phase}")
    text = get(client, "challenges_calendar", "es").content.decode()
    assert "Desafío open" in text
    assert "Desafío upcoming" in text
    assert "Desafío closed" not in text


def test_the_code_leads_to_the_page(client, settings):
    challenge = full()
    answer = get(client, "challenge_qr", challenge.slug)
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<script" not in answer.content
    seen = public_challenge(slug=challenge.slug)
    assert seen.url == f"{settings.MINKA_BASE_URL}/desafios/{challenge.slug}/"


def test_the_page_tells_networks_its_picture_with_an_absolute_address(client, settings):
    challenge = full()
    page = client.get(reverse("innovation:challenge", args=[challenge.slug]), {"lang": "en"})
    text = page.content.decode()
    tags = dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"', text)
    )
    picture = f"{settings.MINKA_BASE_URL}/desafios/{challenge.slug}/imagen.en.png"
    assert tags["og:image"] == tags["twitter:image"] == picture
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["og:url"].endswith(f"{challenge.slug}/?lang=en")
    assert tags["og:title"] == "Less dust on haul roads &amp; ramps"
    assert 'type="application/atom+xml"' in text


def columns_with_secrets(challenge):
    """Fill every text of the challenge that is not public, whatever columns there are."""
    public = {f"{name}_{language}" for name in PUBLIC_TEXTS for language in ("es", "en")}
    filled = [
        field.name
        for field in Challenge._meta.concrete_fields
        if isinstance(field, models.TextField | models.CharField)
        and not field.choices
        and field.name not in public | {"slug"}
    ]
    Challenge.objects.filter(pk=challenge.pk).update(**dict.fromkeys(filled, SECRET))
    return filled


def test_nothing_confidential_gets_into_any_form(client):
    challenge = full()
    filled = columns_with_secrets(challenge)
    assert {"nda_details_es", "nda_limits_en", "nda_offer_es"} <= set(filled)
    challenge.documents.create(
        file=StoredFileFactory(name=f"{SECRET}.pdf"), part="nda", title_es=SECRET
    )
    challenge.versions.create(
        number=2, by=staff(), reason="Más plazo", content={"nda": SECRET}, sha256="0" * 64
    )
    ChallengeQuestionFactory(
        challenge=challenge, text=SECRET, asker__full_name=SECRET, answer_es=SECRET
    )
    problem = challenge.problems.get()
    for language in ("es", "en"):
        seen = [get(client, name, challenge.slug, language).content for name in FORMS]
        seen += [
            get(client, name, language).content
            for name in ("challenges_news", "challenges_calendar")
        ]
        texts = [pdf_text(seen[1]), *(one.decode() for one in seen[2:])]
        for text in texts:
            assert SECRET not in text
            assert problem.company.name not in text
            assert "Quebrada Sillar" not in text
    plain = repr(public_challenge(slug=challenge.slug))
    assert SECRET not in plain
    assert "Quebrada" not in plain


def test_a_company_that_agreed_to_be_named_is_named(client):
    challenge = full()
    Challenge.objects.filter(pk=challenge.pk).update(names_company=True)
    assert "Quebrada Sillar" in pdf_text(get(client, "challenge_pdf", challenge.slug, "es").content)


@pytest.mark.parametrize("rows", [1, 6])
def test_it_costs_the_same_for_one_challenge_or_many(rows, django_assert_num_queries):
    for _row in range(rows):
        challenge = full()
        Challenge.objects.filter(pk=challenge.pk).update(names_company=True)
    with django_assert_num_queries(8):
        assert len(public_challenges()) == rows


def test_the_team_notes_events_once_and_takes_them_back(client):
    challenge, team = ChallengeFactory(), staff()
    occasion = Occasion("PERUMIN 38", date(2027, 9, 20), "Arequipa")
    made = add_presentation(by=team, challenge=challenge, occasion=occasion)
    with pytest.raises(InvalidInput):
        add_presentation(by=team, challenge=challenge, occasion=occasion)
    with pytest.raises(NotAllowed):
        add_presentation(by=UserFactory(), challenge=challenge, occasion=occasion)
    page = client.get(reverse("innovation:challenge", args=[challenge.slug])).content.decode()
    assert "PERUMIN 38" in page
    remove_presentation(by=team, presentation=made)
    assert not challenge.presentations.exists()


def test_the_number_of_followers_is_the_teams_alone(client):
    challenge = ChallengeFactory()
    challenge.followers.create(user=UserFactory(full_name="Rosaura Ccallo"))
    address = reverse("innovation:challenge", args=[challenge.slug])
    client.force_login(staff())
    assert "1 persona" in client.get(address).content.decode()
    assert "Rosaura" not in get(client, "outreach", challenge.slug).content.decode()
    client.force_login(UserFactory())
    assert "1 persona" not in client.get(address).content.decode()
    assert get(client, "outreach", challenge.slug).status_code == 403
