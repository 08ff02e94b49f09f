import json

import pytest

from minka.methods.shortlist.study import drawn, fingerprint, overruled, solved, wishes_of

COMPANIES = ("Uno", "Dos", "Tres")


def problem(number, value, **more):
    return {
        "id": 100 + number,
        "value": value,
        "error": 0.2,
        "by_criterion": [value, value],
        "company": {"id": number % 3},
        "stage": None,
        "themes": [{"id": number % 2}],
        "pilot_usd": 10_000.0 * number,
        **more,
    }


def inputs(size=3, **conditions):
    values = (4.0, 3.5, 3.0, 2.5, 2.0, 1.5)
    return {
        "size": size,
        "seed": 7,
        "draws": 40,
        "concentration": 50.0,
        "criteria": [{"weight": 60}, {"weight": 40}],
        "problems": [problem(n, value) for n, value in enumerate(values)],
        "suppliers": {"0": 4, "1": 90},
        "conditions": conditions,
    }


@pytest.mark.parametrize(
    ("conditions", "chosen"),
    [
        ({}, [100, 101, 102]),
        ({"each": {"company": [None, 1]}}, [100, 101, 102]),
        ({"each": {"theme": [None, 2]}, "named": [["theme", 0, None, 1]]}, [100, 101, 103]),
        ({"named": [["company", 2, 2, None]]}, [100, 102, 105]),
        ({"inside": [105], "outside": [100]}, [101, 102, 105]),
        ({"apart": [[100, 101]]}, [100, 102, 103]),
        ({"bonuses": [[104, 105, 5]]}, [100, 104, 105]),
        ({"budget_usd": 30_000}, [100, 101, 102]),
        ({"budget_usd": 30_000, "inside": [103]}, None),
        ({"suppliers_per_challenge": 4}, [100, 101, 103]),
    ],
)  # fmt: skip
def test_each_condition_is_kept(conditions, chosen):
    result = solved(inputs(**conditions))
    assert (result and result["chosen"]) == chosen


def test_least_and_most_have_their_own_price():
    result = solved(inputs(named=[["company", 2, 2, 2]]))
    prices = {one["name"]: one["value"] for one in result["prices"]}
    assert prices == {"company:2:least:2": 2.0, "company:2:most:2": 0.0}


def test_through_any_database_the_same_comes_out_to_the_bit():
    given = inputs(each={"company": [1, 2]}, budget_usd=70_000.0)
    first = solved(given)
    # a database may write keys in another order, and numbers as decimals
    again = json.loads(json.dumps(given, sort_keys=True))
    assert fingerprint(solved(again)) == fingerprint(first)
    assert fingerprint(drawn(again, json.loads(json.dumps(first)))) == fingerprint(
        drawn(given, first)
    )


def test_what_is_sure_stays_and_what_is_close_does_not_always():
    given = inputs(size=2)
    for one in given["problems"]:
        one["error"] = 0.4
    stays = drawn(given, solved(given))["stays"]
    assert 1.0 >= stays["100"] > stays["101"] > stays["102"] > stays["105"] == 0.0


def test_a_criterion_that_nobody_used_leaves_its_weight_to_the_others():
    given = inputs()
    for one in given["problems"]:
        one["by_criterion"][1] = None
    assert drawn(given, solved(given))["draws"] == 40


def test_overruling_tells_what_it_costs_and_breaks():
    given = inputs(outside=[105], budget_usd=30_000.0)
    told = overruled(given, solved(given), [100, 101, 105])
    assert told == {
        "value": 9.0,
        "loss": 1.5,
        "broken": ["budget", "out:105"],
        "size": 3,
        "comes_in": [105],
        "goes_out": [102],
    }


def test_of_very_many_the_most_valued_are_explained():
    given = inputs(size=8)
    given["problems"] = [problem(n, 5.0 - n / 100) for n in range(200)]
    result = solved(given)
    assert [one["id"] for one in result["inside"]] == result["chosen"] == [*range(100, 108)]
    assert [one["id"] for one in result["outside"]] == [*range(108, 168)]


def test_limits_of_suppliers_count_only_where_they_bind():
    names = [one.name for one in wishes_of(inputs(suppliers_per_challenge=2)).constraints]
    assert names == ["capacity:0:4:2"]
