from collections import Counter

import pytest
from django.urls import reverse
from django.utils.translation import override

from minka.knowledge.queries.activities import (
    _labels,
    activity_label,
    codes_in_section,
    find_activities,
    section_codes,
)
from tests.factories import ActorFactory, MembershipFactory


def test_the_classification_has_as_many_codes_as_the_united_nations_count():
    lengths = Counter("section" if code.isalpha() else len(code) for code in _labels())
    assert lengths == {"section": 21, 2: 88, 3: 238, 4: 419}
    assert sum(len(codes_in_section(letter)) for letter in section_codes()) == len(_labels())


def test_every_code_has_both_titles_and_stands_under_one_that_is_there():
    for code, titles in _labels().items():
        assert all(titles) and all(title == title.strip(" ,") for title in titles), code
        assert len(code) <= 2 or code[:-1] in _labels(), code


def test_words_of_both_languages_find_a_class():
    assert find_activities("0729") == find_activities("0729 · lo que sea") == ["0729"]
    assert find_activities("other non-ferrous ores") == ["0729"]
    assert find_activities("minerales hierro") == ["0710"]  # its group has the same title
    assert len(find_activities("cobre o nada")) == 0 and find_activities(" ") == []
    with override("en"):
        assert activity_label("0729") == "Mining of other non-ferrous metal ores"


@pytest.mark.django_db
def test_an_activity_is_chosen_by_words_without_javascript(client):
    actor = ActorFactory()
    client.force_login(MembershipFactory(actor=actor).user)
    url = reverse("knowledge:profile_section", args=[actor.public_id, "actividades"])
    page = client.get(url).content.decode()
    assert "<datalist" in page and "0729 · " in page
    several = client.post(url, {"code": "reparación maquinaria"})
    assert several.status_code == 422 and "3312" in several.content.decode()
    assert client.post(url, {"code": "xyz"}).status_code == 422
    assert client.post(url, {"code": "minería y construcción"}).status_code == 422
    assert client.post(url, {"code": "maquinaria explotación minas"}).status_code == 302
    assert [one.code for one in actor.activities.all()] == ["2824"]
