"""Evidence in plain words: what a comparison found, as a person would say it."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PHRASES: dict[tuple[str, str], str | Promise] = {
    ("name", "exact"): gettext_lazy("names equal without the legal form"),
    ("name", "order"): gettext_lazy("the same words in another order"),
    ("name", "cut"): gettext_lazy("one name is cut off where the other goes on"),
    ("name", "near"): gettext_lazy("names nearly equal"),
    ("name", "slip"): gettext_lazy("names that differ by a slip of the pen"),
    ("name", "twin_slip"): gettext_lazy("names one letter apart, and both are in use"),
    ("name", "less_trade"): gettext_lazy("one name only lacks common words"),
    ("name", "other_trade"): gettext_lazy("the same name in another trade"),
    ("name", "less"): gettext_lazy("one name has a word more"),
    ("name", "partial"): gettext_lazy("names that share a word"),
    ("rarity", "common"): gettext_lazy("the words they share are common"),
    ("rarity", "loose_0"): gettext_lazy("the words they share are common"),
    ("rarity", "near_0"): gettext_lazy("the words they share are common"),
    ("rarity", "same_0"): gettext_lazy("the words they share are common"),
    ("rarity", "loose_2"): gettext_lazy("the words they share are rare"),
    ("rarity", "near_2"): gettext_lazy("the words they share are rare"),
    ("rarity", "same_2"): gettext_lazy("the words they share are rare"),
    ("rarity", "loose_3"): gettext_lazy("the words they share are very rare"),
    ("rarity", "near_3"): gettext_lazy("the words they share are very rare"),
    ("rarity", "same_3"): gettext_lazy("the words they share are very rare"),
    ("legal", "same"): gettext_lazy("the same legal form"),
    ("legal", "kin"): gettext_lazy("related legal forms"),
    ("legal", "conflict"): gettext_lazy("different legal forms"),
    ("differ", "rank"): gettext_lazy("different numbers in the name"),
    ("differ", "exclusive"): gettext_lazy("words that exclude each other"),
    ("differ", "rank_one_sided"): gettext_lazy("only one name has a number"),
    ("differ", "role"): gettext_lazy("parent and part"),
    ("other_names", "exact"): gettext_lazy("one is also known by the name of the other"),
    ("other_names", "exact_alike"): gettext_lazy("one is also known by the name of the other"),
    ("other_names", "exact_unlike"): gettext_lazy("one is also known by the name of the other"),
    ("other_names", "near_alike"): gettext_lazy("another name is nearly equal"),
    ("other_names", "near_unlike"): gettext_lazy("another name is nearly equal"),
    ("other_names", "acronym_alike"): gettext_lazy("one name is the acronym of the other"),
    ("other_names", "acronym_unlike"): gettext_lazy("one name is the acronym of the other"),
    ("other_names", "touch_alike"): gettext_lazy("other names share a word"),
    ("other_names", "touch_unlike"): gettext_lazy("other names share a word"),
    ("other_names", "apart_alike"): gettext_lazy("other names agree with nothing"),
    ("other_names", "apart_unlike"): gettext_lazy("other names agree with nothing"),
    ("tax", "same"): gettext_lazy("the same tax number"),
    ("tax", "same_written"): gettext_lazy("the same tax number, with a typing error"),
    ("tax", "near"): gettext_lazy("tax numbers a typing error apart"),
    ("tax", "apart"): gettext_lazy("different tax numbers"),
    ("email", "same"): gettext_lazy("the same e-mail"),
    ("email", "same_shared"): gettext_lazy("the same e-mail, which others use, too"),
    ("email", "apart"): gettext_lazy("different e-mails"),
    ("domain", "same"): gettext_lazy("the same web domain"),
    ("domain", "same_shared"): gettext_lazy("the same web domain, which others use, too"),
    ("domain", "apart"): gettext_lazy("different web domains"),
    ("phone", "same"): gettext_lazy("the same telephone"),
    ("phone", "same_shared"): gettext_lazy("the same telephone, which others use, too"),
    ("phone", "apart"): gettext_lazy("different telephones"),
    ("contact_alone", "own_different"): gettext_lazy("one contact under two names"),
    ("contact_alone", "own_loose"): gettext_lazy("one contact under two similar names"),
    ("contact_alone", "shared_different"): gettext_lazy("a shared contact under two names"),
    ("contact_alone", "shared_loose"): gettext_lazy("a shared contact under two similar names"),
    ("place", "near"): gettext_lazy("the same place"),
    ("place", "region"): gettext_lazy("the same region"),
    ("place", "district_apart"): gettext_lazy("the same region, another district"),
    ("place", "region_apart"): gettext_lazy("different regions"),
    ("place", "region_apart_common"): gettext_lazy("different regions and a common name"),
    ("street", "same"): gettext_lazy("the same street and number"),
    ("street", "apart"): gettext_lazy("different addresses"),
    ("source", "never"): gettext_lazy("both in one source, which names everybody once"),
    ("source", "seldom"): gettext_lazy("both in one source, which names few twice"),
    ("source", "often"): gettext_lazy("both in one source"),
    ("country", "apart"): gettext_lazy("different countries"),
    ("activity", "same"): gettext_lazy("the same activity"),
    ("activity", "apart"): gettext_lazy("different activities"),
}


def phrase(comparison: str, level: str) -> str:
    """Return what a comparison found, in the language active now."""
    known = PHRASES.get((comparison, level))
    return str(known) if known else f"{comparison}: {level}"


def one_line(found: Iterable[tuple[str, str, bool]]) -> str:
    """Return a line for a cell: what speaks for it, and after “but” what speaks against it.

    Args:
        found: comparison, level, and whether it speaks for one organisation.
    """
    both: dict[bool, list[str]] = {True: [], False: []}
    for comparison, level, speaks_for in found:
        both[speaks_for].append(phrase(comparison, level))
    for_it, against = "; ".join(both[True]), "; ".join(both[False])
    if for_it and against:
        return _("%(for)s; but %(against)s") % {"for": for_it, "against": against}
    return for_it or against
