"""Sheets of ties: nothing lost, nothing twice, everything can be taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.knowledge.actions.tie_imports import choose_end, look_again, take_ties, undo_ties
from minka.knowledge.models import ActorName, Identifier, Relation, TieImport
from minka.knowledge.sources.tie_intake import map_ties, upload_ties
from tests.factories import ActorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

HEADER = "Organización A;RUC A;Tipo de vínculo;Organización B;Desde;Hasta;Confianza;Fuente;Nota\n"


def sheet(*rows, header=HEADER, name="vinculos.csv"):
    return SimpleUploadedFile(name, (header + "\n".join(rows)).encode("utf-8"), "text/csv")


def uploaded(*rows, by=None, source="Padrón de vínculos", kind="", **options):
    by = by or UserFactory(is_staff=True)
    return upload_ties(
        by=by, upload=sheet(*rows, **options), source=source, default_kind=kind, is_public=True
    )


@pytest.fixture
def ground():
    mine = ActorFactory(name="Minera Andina del Sur S.A.A.", kind="mining_company")
    supplier = ActorFactory(name="Maestranza Vilca S.R.L.")
    Identifier.objects.create(actor=supplier, scheme="pe.ruc", value="20100017491")
    chamber = ActorFactory(name="Cámara de Comercio de Ilo", kind="chamber")
    ActorName.objects.create(actor=chamber, text="CCI", text_key="cci")
    return mine, supplier, chamber


def test_rows_are_recognised_by_name_number_and_code_in_both_languages(ground):
    mine, supplier, chamber = ground
    found = uploaded(
        "maestranza vilca;;provee a;MINERA ANDINA DEL SUR;2019;31/12/2023;alta;;compras",
        ";20100017491;is a member of;CCI;;;80 %;Memoria 2024;",
        f"{mine.public_id};;compra a;Maestranza Vilca SRL;2020-03;;;;",
    )
    rows = list(found.rows.all())
    assert [row.state for row in rows] == ["ready"] * 3
    ends = [(row.tail, row.head, row.kind) for row in rows]
    assert ends == [
        (supplier, mine, "supplies"),
        (supplier, chamber, "member_of"),
        (supplier, mine, "supplies"),  # “buys from” is the same tie from its other end
    ]
    first, second, third = rows
    assert (str(first.starts_on), str(first.ends_on)) == ("2019-01-01", "2023-12-31")
    assert (first.confidence, second.confidence, second.source_name) == (0.9, 0.8, "Memoria 2024")
    assert str(third.starts_on) == "2020-03-01"
    assert take_ties(by=UserFactory(is_staff=True), tie_import=found) == 2
    assert {tie.source.name for tie in Relation.objects.all()} == {
        "Padrón de vínculos", "Memoria 2024",
    }  # fmt: skip


def test_what_is_not_recognised_is_kept_and_says_why(ground):
    mine, *_rest = ground
    ActorFactory(name="Talleres Reunidos Ilo")
    ActorFactory(name="Talleres Reunidos Tacna")
    found = uploaded(
        "Talleres Reunidos;;provee a;Minera Andina del Sur;;;;;",
        "Nadie Conocido Jamás;;provee a;Minera Andina del Sur;;;;;",
        "Maestranza Vilca;;es amigo de;Minera Andina del Sur;;;;;",
        "Maestranza Vilca;;provee a;;;;;;",
        "Minera Andina del Sur;;socio de;MINERA ANDINA DEL SUR S.A.A.;;;;;",
        "Maestranza Vilca;;provee a;Minera Andina del Sur;ayer;;quizás;;",
        "Minera Andina del Sur;20999999999;financia a;CCI;;;;;",
    )
    rows = list(found.rows.all())
    assert [row.state for row in rows] == [
        "ambiguous", "unknown", "faulty", "faulty", "faulty", "ready", "ambiguous",
    ]  # fmt: skip
    assert len(rows[0].tail_candidates) == 2
    assert rows[6].tail_candidates == [mine.pk]  # the name fits, the number is nobody's
    assert [code for code, _cell in rows[5].faults] == ["date", "confidence"]
    assert [fault[0] for row in rows[2:5] for fault in row.faults] == ["kind", "empty", "self"]
    assert rows[1].cells[0] == "Nadie Conocido Jamás"
    take_ties(by=UserFactory(is_staff=True), tie_import=found)
    assert found.rows.count() == 7
    assert Relation.objects.count() == 1


def test_a_choice_completes_a_row_before_and_after_the_sheet_is_taken(ground):
    one, other = ActorFactory(name="Talleres Reunidos Ilo"), ActorFactory(name="Talleres Reunidos")
    ActorName.objects.create(actor=one, text="Talleres Reunidos", text_key="talleres reunidos")
    staff = UserFactory(is_staff=True)
    found = uploaded(
        "Talleres Reunidos;;provee a;Minera Andina del Sur;;;;;",
        "Talleres Reunidos;;miembro de;CCI;;;;;",
    )
    first, second = found.rows.all()
    choose_end(by=staff, row=first, tail=one, head=None)
    assert take_ties(by=staff, tie_import=found) == 1
    choose_end(by=staff, row=second, tail=other, head=None)
    assert {tie.tail for tie in Relation.objects.all()} == {one, other}
    with pytest.raises(WrongState):
        choose_end(by=staff, row=second, tail=one, head=None)
    third = uploaded("Nadie;;miembro de;CCI;;;;;").rows.get()
    with pytest.raises(InvalidInput):
        choose_end(by=staff, row=third, tail=third.head, head=None)


def test_who_has_come_since_is_found_when_looked_for_again(ground):
    staff = UserFactory(is_staff=True)
    found = uploaded("Nueva Del Todo S.A.C.;;provee a;Minera Andina del Sur;;;;;")
    take_ties(by=staff, tie_import=found)
    ActorFactory(name="Nueva del Todo")
    assert look_again(by=staff, tie_import=found) == 1
    assert Relation.objects.count() == 1


def test_the_same_file_twice_says_nothing_new(ground):
    staff = UserFactory(is_staff=True)
    rows = [
        "Maestranza Vilca;;provee a;Minera Andina del Sur;;;;;",
        "CCI;;socio de;Minera Andina del Sur;;;;;",
        "Minera Andina del Sur;;socio de;CCI;;;;;",
    ]
    assert take_ties(by=staff, tie_import=uploaded(*rows)) == 2
    again = uploaded(*rows, source="padrón de VÍNCULOS".replace("Í", "í"))
    assert {row.state for row in again.rows.all()} == {"known"}
    assert take_ties(by=staff, tie_import=again) == 0
    assert Relation.objects.count() == 2
    other = uploaded(*rows, source="Otra lista")  # another source says so, too: that is a row more
    assert take_ties(by=staff, tie_import=other) == 2


def test_taking_back_withdraws_what_only_this_sheet_says_and_keeps_its_rows(ground):
    staff = UserFactory(is_staff=True)
    shared = "Maestranza Vilca;;provee a;Minera Andina del Sur;;;;;"
    first = uploaded(shared, "CCI;;socio de;Minera Andina del Sur;;;;;")
    take_ties(by=staff, tie_import=first)
    second = uploaded(shared)
    take_ties(by=staff, tie_import=second)
    assert undo_ties(by=staff, tie_import=first) == 1
    assert Relation.objects.filter(state="standing").get().kind == "supplies"
    assert first.rows.count() == 2
    assert undo_ties(by=staff, tie_import=second) == 1
    assert not Relation.objects.filter(state="standing").exists()
    with pytest.raises(WrongState):
        undo_ties(by=staff, tie_import=second)
    assert take_ties(by=staff, tie_import=uploaded(shared)) == 1  # handed in anew


def test_other_columns_can_be_chosen_and_the_kind_may_come_from_outside(ground):
    staff = UserFactory(is_staff=True)
    found = uploaded(
        "Maestranza Vilca;Minera Andina del Sur", header="Quién fue;A quién fue\n", kind="funds"
    )
    assert found.rows.get().state == "faulty"
    map_ties(by=staff, tie_import=found, mapping={"tail": 0, "head": 1}, default_kind="funds")
    assert (found.rows.get().state, found.rows.get().kind) == ("ready", "funds")


def test_only_the_team_imports_ties(client, ground):
    found = uploaded("Maestranza Vilca;;provee a;Minera Andina del Sur;;;;;")
    member = MembershipFactory(actor=ground[0], is_editor=True).user
    with pytest.raises(NotAllowed):
        take_ties(by=member, tie_import=found)
    client.force_login(member)
    assert client.get(reverse("knowledge:tie_imports")).status_code == 403
    assert client.get(reverse("knowledge:tie_import", args=[found.pk])).status_code == 403
    assert not Relation.objects.exists()


def test_the_pages_take_a_sheet_from_upload_to_undoing(client, ground):
    client.force_login(UserFactory(is_staff=True))
    row = "Maestranza Vilca;;provee a;Minera Andina del Sur;2021;;;;"
    other = "Maestranza;;provee a;Minera Andina del Sur;2021;;;;"
    data = {"upload": sheet(row, other), "source": "Lista", "default_kind": "", "is_public": "on"}
    answer = client.post(reverse("knowledge:tie_imports"), data, follow=True)
    page = answer.content.decode()
    found = TieImport.objects.get()
    assert "Maestranza Vilca S.R.L." in page
    client.post(reverse("knowledge:tie_import_take", args=[found.pk]))
    assert Relation.objects.count() == 1
    client.post(reverse("knowledge:tie_import_undo", args=[found.pk]))
    assert not Relation.objects.filter(state="standing").exists()
    assert client.get(reverse("knowledge:tie_imports")).status_code == 200
