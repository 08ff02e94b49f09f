import json

from hypothesis import given
from hypothesis import strategies as st

from minka.methods.map_changes import compare

FIELDS = ("name", "kind")


def lines(*rows):
    return [json.dumps(row, separators=(",", ":")).encode() for row in rows]


def test_who_came_went_changed_and_was_merged():
    before = lines(["a", "aa", "Uno", "supplier"], ["a", "bb", "Dos", "supplier"],
                   ["a", "cc", "Tres", "fund"], ["a", "dd", "Cuatro", "fund"])  # fmt: skip
    after = lines(["a", "aa", "Uno", "supplier"], ["a", "bb", "Dos S.A.", "supplier"],
                  ["a", "ee", "Cinco", "fund"], ["g", "cc", "bb"])  # fmt: skip
    found = compare(before, after, FIELDS)
    assert found.came == [("ee", "Cinco", "fund")]
    assert found.went == [("dd", "Cuatro", "fund")]
    assert found.merged == [("cc", "Tres", "bb", "Dos S.A.")]
    assert [(one.public_id, one.fields) for one in found.changed] == [
        ("bb", {"name": ("Dos", "Dos S.A.")})
    ]
    assert found.same == 1


def test_ties_that_a_merge_took_along_neither_ended_nor_formed():
    actors = [["a", x, x, "supplier"] for x in ("aa", "bb", "cc")]
    before = lines(
        *actors, ["t", "cc", "supplies", "aa", "", ""], ["t", "cc", "funds", "bb", "", ""]
    )
    after = lines(*actors[:2], ["g", "cc", "bb"], ["t", "bb", "supplies", "aa", "", ""],
                  ["t", "aa", "trains", "bb", "", ""])  # fmt: skip
    found = compare(before, after, FIELDS)
    assert found.formed == [("aa", "trains", "bb")]
    assert found.ended == []


def test_a_tie_that_is_told_with_other_dates_too_has_not_ended():
    actors = [["a", x, x, "supplier"] for x in ("aa", "bb")]
    told = ["t", "aa", "funds", "bb", "2020-01-01", ""]
    before = lines(*actors, told, ["t", "aa", "funds", "bb", "", ""])
    assert compare(before, lines(*actors, told), FIELDS).ended == []
    assert compare(lines(*actors, told), before, FIELDS).formed == []


STATES = st.dictionaries(
    st.text("abcd", min_size=2, max_size=2), st.tuples(st.sampled_from("XYZ"), st.just("k"))
)


@given(STATES, STATES)
def test_the_numbers_add_up_and_the_way_back_is_the_mirror(one, other):
    def state(actors):
        return lines(*(["a", key, *fields] for key, fields in sorted(actors.items())))

    there, back = (
        compare(state(one), state(other), FIELDS),
        compare(state(other), state(one), FIELDS),
    )
    assert len(there.came) + len(there.changed) + there.same == len(other)
    assert len(there.went) + len(there.changed) + there.same == len(one)
    assert there.came == back.went
    assert [x.public_id for x in there.changed] == sorted(
        (x.public_id for x in back.changed),
        key=lambda key: (other[key][0].casefold(), key),
    )
