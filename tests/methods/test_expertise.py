"""Who knows what a proposal speaks of, in either language, and why."""

from minka.methods.expertise import Subject, expertise


def points(proposals, people, kin=None):
    return expertise(proposals, people, kin or {}).points


def test_shared_concepts_bring_more_than_kin_and_kin_more_than_nothing():
    proposal = Subject("", frozenset({1}))
    people = [Subject("", frozenset({1})), Subject("", frozenset({2})), Subject("")]
    same, kin, none = points([proposal], people, {1: frozenset({2}), 2: frozenset({1})})[0]
    assert (same, kin, none) == (60.0, 30.0, 0.0)


def test_a_concept_that_all_proposals_have_weighs_less_than_a_rare_one():
    proposals = [Subject("", frozenset({1, 2})), Subject("", frozenset({1}))]
    common, rare = points(proposals, [Subject("", frozenset({1})), Subject("", frozenset({2}))])[0]
    assert rare > common > 0


def test_words_meet_across_languages_and_are_told():
    proposal = Subject("Espesamiento de relaves con recuperación de agua de proceso")
    english = Subject("Tailings thickening and water recovery in copper plants")
    other = Subject("Medicina ocupacional y fatiga de conductores")
    found = expertise([proposal], [english, other], {})
    near, far = found.points[0]
    assert near > 10 > far
    assert "relaves" in found.of(0, 0).words
    assert found.of(0, 1).words == ()


def test_nobody_says_anything():
    assert points([Subject("")], [Subject("")]).tolist() == [[0.0]]
