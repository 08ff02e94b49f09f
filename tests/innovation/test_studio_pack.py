import pytest
from django.urls import reverse
from django.utils.translation import override

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import Notice
from minka.innovation.actions.packs import ask_pack
from minka.innovation.actions.studies import keep_study, overrule_study
from minka.innovation.models import Rating
from minka.innovation.sources.decision_pack.content import pack_data
from minka.innovation.sources.study_jobs import draw_study
from tests.factories import EditionFactory
from tests.innovation.people import person_of, staff
from tests.innovation.studio_table import inputs, kept, rated_problems
from tests.services.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("table")]
table = pytest.fixture(rated_problems)


def test_the_pack_tells_the_choice_its_price_and_its_dissent_without_naming_raters(table):
    rating = Rating.objects.filter(problem=table[0]).first()
    rating.comment = "Ya hay un sitio para probar."
    rating.save()
    study = kept(each={"company": [None, 2]})
    overrule_study(by=staff(), study=study, chosen=[table[0].pk, table[5].pk], reason="Urge.")
    with override("en"):
        data, pictures = pack_data(study)
    codes = [one["code"] for one in data["chosen"]]
    assert (codes[0], codes[2]) == (f"P{table[0].pk}", f"P{table[3].pk}")
    assert data["prices"][0][:2] == ["at most 2 of “Minera Uno”", "1.000"]
    assert data["overrulings"][0]["reason"] == "Urge."
    assert data["comments"][0]["said"][0][1] == "Ya hay un sitio para probar."
    assert pictures["choice.svg"].startswith(b"<svg")
    raters = {str(one.rater) for one in Rating.objects.select_related("rater")}
    assert raters and not any(name in str(data) for name in raters)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pack_is_printed_in_the_background_for_the_team_alone(client, table, language):
    study, team = kept(), staff()
    pack = ask_pack(by=team, study=study, language=language)
    assert ask_pack(by=team, study=study, language=language) == pack
    run_jobs()
    pack.refresh_from_db()
    assert pack.state == "ready" and pack.file.media_type == "application/pdf"
    assert Notice.objects.filter(recipient=team, kind="innovation.pack_done").exists()
    url = reverse("innovation:pack_download", args=[pack.pk])
    client.force_login(team)
    assert b"".join(client.get(url).streaming_content).startswith(b"%PDF-")
    client.force_login(person_of(table[0].company, role="representative"))
    assert client.get(url).status_code == 404


def test_a_pack_waits_for_the_draws_and_is_asked_for_by_the_team(table):
    waiting = keep_study(by=staff(), edition=EditionFactory(), inputs=inputs())
    with pytest.raises(WrongState):
        ask_pack(by=staff(), study=waiting, language="es")
    draw_study(study_id=waiting.pk)
    waiting.refresh_from_db()
    with pytest.raises(InvalidInput):
        ask_pack(by=staff(), study=waiting, language="qu")
    with pytest.raises(NotAllowed):
        ask_pack(by=person_of(table[0].company), study=waiting, language="es")
