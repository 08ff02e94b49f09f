"""From scored pairs to organisations in two looks, again and again as people answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from minka.methods.linkage.clustering import Lines, Outcome, agglomerate
from minka.methods.linkage.groups import Groups
from minka.methods.linkage.second_look import Found, look_again, merge_links, weighed


@dataclass(frozen=True, slots=True)
class Settling:
    """What groups are made of, whatever is known of them beforehand.

    Args:
        found: the compared pairs.
        lines: from where groups are joined at first sight.
        weights: of the second look; without any there is none.
        join_bits: from where groups are joined at the second look.
    """

    found: Found
    lines: Lines
    weights: Mapping[str, float]
    join_bits: float

    def settle(self, groups: Groups) -> Outcome:
        """Join groups that are one organisation, and list those that may be."""
        first = agglomerate(
            groups, self.found.pairs, self.lines,
            ranks=self.found.ranks, profiles=self.found.profiles,
        )  # fmt: skip
        if not self.weights:
            return first
        second = look_again(groups, self.found, self.weights, join_bits=self.join_bits)
        return Outcome(first.merges + second.merges, second.open_links)

    def appraise(self, known: Groups, outcome: Outcome) -> Outcome:
        """Return the outcome with every merge as likely as it looks now that all are made.

        Args:
            known: the groups before the first merge; they are changed.
            outcome: of `settle`.
        """
        if not self.weights:
            return outcome
        looked = merge_links(known, self.found, outcome)
        bits = weighed(looked.told, self.weights).tolist()
        merges = [replace(m, link_bits=b) for m, b in zip(looked.links, bits, strict=True)]
        return Outcome(merges, outcome.open_links)
