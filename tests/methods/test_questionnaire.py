from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.questionnaire import (
    Item,
    UnfitError,
    When,
    asked,
    counted,
    fit,
    is_answered,
    missing,
    read_number,
)

EXPORTS = [
    Item("exports", "yes_no", required=True),
    Item("where", "some_of", ("cl", "us"), required=True, when=(When("exports", "is", "yes"),)),
    Item("visa", "yes_no", when=(When("where", "is", "us"),)),
    Item("end", "short_text"),
]


def codes(items):
    return [one.code for one in items]


def test_a_closed_branch_closes_what_is_behind_it_and_its_answers_stop_counting():
    answers = {"exports": "yes", "where": ["us"], "visa": "no"}
    assert codes(asked(EXPORTS, answers)) == ["exports", "where", "visa", "end"]
    changed = answers | {"exports": "no"}
    assert codes(asked(EXPORTS, changed)) == ["exports", "end"]
    assert counted(EXPORTS, changed) == {"exports": "no"}
    assert counted(EXPORTS, answers) == answers  # open again, they count again


def test_only_what_is_asked_can_be_missing():
    assert codes(missing(EXPORTS, {})) == ["exports"]
    assert codes(missing(EXPORTS, {"exports": "yes"})) == ["where"]
    assert missing(EXPORTS, {"exports": "no"}) == []


def test_an_unanswered_question_opens_nothing_not_even_by_is_not():
    items = [Item("a", "yes_no"), Item("b", "yes_no", when=(When("a", "is_not", "yes"),))]
    assert codes(asked(items, {})) == ["a"]
    assert codes(asked(items, {"a": ""})) == ["a"]
    assert codes(asked(items, {"a": "no"})) == ["a", "b"]


def test_a_condition_never_looks_ahead():
    items = [Item("a", "yes_no", when=(When("b", "is", "yes"),)), Item("b", "yes_no")]
    assert codes(asked(items, {"a": "yes", "b": "yes"})) == ["b"]


@pytest.mark.parametrize(
    ("test", "value", "opens"),
    [("at_least", "7", True), ("at_most", "7", True), ("at_least", "8", False), ("is", "7", True)],
)
def test_numbers_are_compared_as_numbers(test, value, opens):
    items = [Item("trl", "whole_number"), Item("b", "yes_no", when=(When("trl", test, value),))]
    assert (len(asked(items, {"trl": 7})) == 2) is opens


@st.composite
def questionnaires(draw):
    """Up to eight questions; any may depend on any other, ahead or behind."""
    size = draw(st.integers(2, 8))
    names = [f"q{n}" for n in range(size)]
    tests = st.sampled_from(["is", "is_not", "answered", "at_least", "at_most"])
    items = []
    for name in names:
        whens = draw(
            st.lists(
                st.builds(When, st.sampled_from(names), tests, st.sampled_from(["yes", "no", "3"])),
                max_size=2,
            )
        )
        items.append(Item(name, "yes_no", when=tuple(whens), required=draw(st.booleans())))
    values = st.sampled_from(["yes", "no", 2, 4, "", None])
    answers = draw(st.dictionaries(st.sampled_from(names), values))
    return items, answers


@given(questionnaires())
def test_answers_off_the_path_never_count_and_never_matter(drawn):
    items, answers = drawn
    path = codes(asked(items, answers))
    counts = counted(items, answers)
    assert set(counts) <= set(path)
    assert all(is_answered(value) for value in counts.values())
    off = {code: "yes" for code in codes(items) if code not in path}
    assert codes(asked(items, answers | off)) == path
    assert counted(items, answers | off) == counts
    assert counted(items, counts) == counts  # what does not count can be thrown away


@given(questionnaires(), st.randoms())
def test_the_order_in_which_answers_came_does_not_matter(drawn, random):
    items, answers = drawn
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert counted(items, dict(shuffled)) == counted(items, answers)


@pytest.mark.parametrize(
    ("text", "whole", "value"),
    [
        ("1,200", True, "1200"),
        ("1.200", True, "1200"),
        ("1.200", False, "1.200"),
        ("1 200,50", False, "1200.50"),
        ("1.200,50", False, "1200.50"),
        ("1,200.50", False, "1200.50"),
        ("12,5", False, "12.5"),
        ("-3", True, "-3"),
        ("1.200.300", False, "1200300"),
        ("doce", False, None),
        ("1e9", False, None),
        ("", False, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, whole, value):
    assert read_number(text, whole=whole) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("item", "raw", "kept"),
    [
        (Item("a", "short_text"), "  Acero  S.A.C. ", "Acero S.A.C."),
        (Item("a", "long_text"), "uno\r\ndos", "uno\ndos"),
        (Item("a", "whole_number", least=Decimal(1)), "1,200", 1200),
        (Item("a", "number"), "12,5", 12.5),
        (Item("a", "yes_no"), "Sí", "yes"),
        (Item("a", "one_of", ("x", "y")), ["y"], "y"),
        (Item("a", "some_of", ("x", "y")), ["y", "x", "y"], ["x", "y"]),
        (Item("a", "scale"), "4", 4),
        (Item("a", "date"), "31/12/2026", "2026-12-31"),
        (Item("a", "phone"), "054 123456", "+5154123456"),
        (Item("a", "website"), "www.minka.example", "https://www.minka.example"),
        (Item("a", "region"), "Puno", "Puno"),
        (Item("a", "themes"), ["agua"], ["agua"]),
        (Item("a", "some_of", ("x",)), None, []),
        (Item("a", "number"), "", ""),
    ],
)
def test_an_answer_is_kept_in_one_form_however_it_came(item, raw, kept):
    known = {"Puno", "agua"}
    value = fit(item, raw, known=known)
    assert value == kept
    assert fit(item, value, known=known) == kept  # and stays so


@pytest.mark.parametrize(
    ("item", "raw", "reason"),
    [
        (Item("a", "whole_number"), "2,5", "whole"),
        (Item("a", "number", most=Decimal(100)), "101", "most"),
        (Item("a", "number", least=Decimal(0)), "-1", "least"),
        (Item("a", "number"), "muchos", "number"),
        (Item("a", "email"), "ana@", "email"),
        (Item("a", "phone"), "12", "phone"),
        (Item("a", "website"), "javascript:alert(1)", "website"),
        (Item("a", "date"), "31/02/2026", "date"),
        (Item("a", "one_of", ("x",)), "z", "option"),
        (Item("a", "scale"), "6", "option"),
        (Item("a", "some_of", ("x", "no"), frozenset({"no"})), ["x", "no"], "alone"),
        (Item("a", "some_of", ("x", "y"), most=Decimal(1)), ["x", "y"], "many"),
        (Item("a", "region"), "Atlantis", "option"),
        (Item("a", "themes"), ["nada"], "option"),
        (Item("a", "short_text"), "x" * 251, "long"),
    ],
)
def test_what_does_not_fit_says_why(item, raw, reason):
    with pytest.raises(UnfitError) as caught:
        fit(item, raw, known={"Puno"})
    assert caught.value.reason == reason
