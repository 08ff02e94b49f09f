from minka.methods.search.acronyms import fit
from minka.methods.search.analyser import root, roots
from minka.methods.search.asking import compose, near
from minka.methods.search.initials import beginnings, marks_of
from minka.methods.search.ranking import Document, order


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


def test_what_a_name_says_counts_more_than_what_a_description_says():
    question = compose("bombas", counts={"bomb": 2}, concepts={}, neighbours={})
    named = Document(2, {"names": "bomb sur", "words": "taller"}, ["bombas sur"])
    told = Document(1, {"names": "taller sur", "words": "bomb"}, ["taller sur"])
    assert [key for _score, key in order(question, [told, named], 10)] == [2, 1]
