from minka.methods.search.acronyms import fit
from minka.methods.search.analyser import entries, root, roots
from minka.methods.search.asking import compose, near
from minka.methods.search.initials import beginnings, marks_of
from minka.methods.search.naming import apart, compare, prepare
from minka.methods.search.ranking import order
from minka.methods.search.weighing import Document


def test_two_languages_meet_in_one_root():
    pairs = [
        ("exploracion", "exploration"), ("universidades", "university"), ("hidraulica", "hydraulic"),
        ("psicologia", "psychology"), ("energia", "energy"), ("servicios", "services"),
        ("instrumentos", "instruments"), ("sostenibilidad", "sostenibility"),
    ]  # fmt: skip
    assert [pair for pair in pairs if root(pair[0]) != root(pair[1])] == []


def test_a_letter_lost_by_a_bad_export_loses_no_word():
    assert roots("CONTRATACI¿N de OXÍGENO") == roots("contratación de oxigeno")


def test_letters_stand_for_a_name_in_either_language():
    assert fit("CONICET", "Consejo Nacional de Investigaciones Científicas y Técnicas") > 0.65
    assert fit("IAA", "Argentine Antarctic Institute") > 0.9
    assert fit("IAA", "Universidad Nacional del Callao") < 0.3


def test_marks_of_an_acronym_lead_to_its_name():
    name = "Consejo Nacional de Investigaciones Científicas y Técnicas"
    assert set(marks_of("CONICET")) & set(beginnings(name))


def test_slips_are_forgiven_and_other_words_are_not_taken_for_one():
    assert near("metalurg", ["metalrug", "pesc"]) == [("metalrug", 0.6)]
    assert near("oro", ["ora"]) == []


def test_a_longer_word_may_have_more_slips_but_must_begin_as_it_does():
    assert near("bomb", ["tomb", "boma"]) == []  # too short for any slip
    assert near("perforasion", ["perforacion"]) == [("perforacion", 0.6)]
    assert near("perforasiom", ["perforacion", "berforasiom"]) == [("perforacion", 0.35)]
    assert near("servic", ["soci", "survic", "tervic"]) == [("survic", 0.6)]


def test_a_name_of_two_words_has_a_mark_for_a_long_acronym():
    assert set(marks_of("UNINAV")) & set(beginnings("Universidad Naval"))
    assert not set(marks_of("UNINAV")) & set(beginnings("Instituto Naval"))


def test_sentences_are_set_apart():
    assert entries(["Venta de bombas. Alquiler de grúas", ""]) == "wvent wbomb . walcuil wgru"


def alike(text, title, home=()):
    rarities = dict.fromkeys([*apart(text).roots, *apart(title).roots], 4.0)
    asked = prepare(text, ways={}, letters=["flacso"], rarities=rarities)
    return compare(asked, title, home=frozenset(home), rarities=rarities)


def test_a_legal_form_says_nothing_of_a_name():
    assert apart("minera cerro azul s a c").roots == apart("minera cerro azul").roots
    assert alike("Minera Cerro Azul SRL", "minera cerro azul")["both"] == 1


def test_a_country_is_met_as_noun_or_adjective_or_at_home():
    peru = apart("peru").nations[0]
    assert alike("sociedad peruana", "sociedad of peru")["met"] == 1
    assert alike("sociedad peruana", "sociedad", home=[peru])["country"] == 1
    assert alike("sociedad chilena", "sociedad", home=[peru])["country_apart"] == 1


def test_an_acronym_beside_other_words_stands_for_the_rest_of_a_name():
    name = "facultad latinoamericana de ciencias sociales peru"
    assert alike("flacso peru", name)["name_met"] > 0.7
    assert alike("conida peru", name)["name_met"] < 0.5


def test_what_a_name_says_counts_more_than_what_a_description_says():
    question = compose("bombas", counts={"bomb": 2}, concepts={}, neighbours={})
    named = Document(2, {"names": "bomb sur", "words": "taller"}, ["bombas sur"])
    told = Document(1, {"names": "taller sur", "words": "bomb"}, ["taller sur"])
    assert [key for _score, key in order(question, [told, named], 10)] == [2, 1]
