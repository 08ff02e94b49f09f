from minka.knowledge.sources.thesaurus import iter_concepts
from minka.methods.text import search_key


def test_the_seed_holds_concepts_in_two_languages_under_parents_it_holds():
    concepts = list(iter_concepts())
    terms = {concept.es for concept in concepts}
    assert len(concepts) > 240 and len(terms) == len(concepts)
    assert all(concept.es and concept.en for concept in concepts)
    assert {concept.parent for concept in concepts} <= terms | {""}


def test_synonyms_are_taken_apart_and_differ_from_the_term():
    exploration = next(concept for concept in iter_concepts() if concept.es == "exploración")
    assert exploration.synonyms_es == ("prospección y exploración", "cateo")
    assert search_key(exploration.es) not in map(search_key, exploration.synonyms_es)
