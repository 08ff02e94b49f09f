import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.theme_matching import Vocabulary, find_themes, is_sign, singular

LABELS = [
    ("copper", "cobre"), ("copper", "copper"), ("copper", "Cu"),
    ("sx", "extracción por solventes"), ("sx", "solvent extraction"), ("sx", "SX"),
    ("ew", "electroobtención"), ("ew", "EW"),
    ("tsf", "depósito de relaves"), ("tsf", "TSF"), ("tailings", "relaves"),
    ("pit", "tajo abierto"), ("pit", "rajo abierto"), ("pit", "tajo"), ("pit", "rajo"),
    ("blast", "voladura"), ("blast", "tronadura"), ("blast", "perforación y voladura"),
    ("plant", "planta concentradora"), ("rd", "I+D"),
]  # fmt: skip
VOCABULARY = Vocabulary.build(LABELS)


def found(text):
    return [match.key for match in find_themes(text, VOCABULARY)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Plantas de SX-EW para Cu", ["sx", "ew", "copper"]),
        ("Cubrimos cusco, sxt y newton", []),
        ("cu, sx, ew, tsf en minúsculas no son símbolos", []),
        ("Instrumentación de TSF", ["tsf"]),
        ("Servicios de tronadura en rajo abierto", ["blast", "pit"]),
        ("VOLADURAS EN TAJOS", ["blast", "pit"]),
        ("Depósitos de relaves filtrados", ["tsf"]),  # the longest, not also “relaves”
        ("Relave y depósito", ["tailings"]),
        ("Plantas concentradoras de cobre", ["plant", "copper"]),
        ("trajo un atajo", []),
        ("Hacemos I+D", ["rd"]),
        ("extracción, por solventes", []),  # a label does not run across a comma
        ("", []),
    ],
)
def test_themes_are_found_as_people_write_them(text, keys):
    assert found(text) == keys


def test_a_match_says_by_which_words():
    (match,) = find_themes("Trabajamos en Extracción  por Solventes.", VOCABULARY)
    assert match.words == "Extracción  por Solventes"


@pytest.mark.parametrize("label", ["Cu", "SX", "TSF", "I+D", "4D", "GIS", "U"])
def test_signs(label):
    assert is_sign(label)


@pytest.mark.parametrize("label", ["Oro", "agua", "tajo abierto", "Gas", "4x4", "ERNC solar"])
def test_words(label):
    assert not is_sign(label)


@pytest.mark.parametrize(
    ("one", "many"),
    [("relave", "relaves"), ("operacion", "operaciones"), ("luz", "luces"), ("mill", "mills"),
     ("camion", "camiones"), ("assembly", "assemblies"), ("truck", "trucks"), ("pala", "palas")],
)  # fmt: skip
def test_singular_and_plural_meet(one, many):
    assert singular(one) == singular(many)


@given(st.text(max_size=200))
def test_whatever_is_found_stands_in_the_text(text):
    for match in find_themes(text, VOCABULARY):
        assert match.words and match.words in text


@given(st.sampled_from([label for _key, label in LABELS]))
def test_every_label_finds_its_own_concept(label):
    assert found(f"ofrecemos {label}") == [key for key, text in LABELS if text == label]
