"""What long questions learn from their first answers.

Source: Lavrenko & Croft (2001), "Relevance-Based Language Models".
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from minka.methods.search.weighing import SATURATION, Counts, Document, rarity, weigh

FEEDBACK, EXPERIENCE = 0.7, 0.05
FEEDBACK_DOCUMENTS, FEEDBACK_WORDS = 20, 80


def learn(
    said: Mapping[int, float], documents: Sequence[Document], total: int, counts_of: Counts
) -> dict[int, float]:
    """Let what the best answers have in common count for the others, too.

    Who tells more of what was done is the likelier to have done this. The share of the words is
    squared, so that what is learnt decides among those that say little of what is asked.
    """
    for one in documents:
        one.weights = weigh(one.fields)
    best = max(said.values(), default=0.0) or 1.0
    prior = {one.key: EXPERIENCE * math.log1p(one.entries) for one in documents}
    words = {key: share / best + prior[key] for key, share in said.items()}
    most = max(words.values(), default=0.0) or 1.0
    words = {key: (share / most) ** 2 for key, share in words.items()}
    first = sorted(documents, key=lambda one: (-words[one.key], one.key))[:FEEDBACK_DOCUMENTS]
    counts = counts_of({root for one in first for root in one.weights})
    common: dict[str, float] = defaultdict(float)
    for one in first:
        for root, count in one.weights.items():
            rare = rarity(counts.get(root, 0), total)
            common[root] += words[one.key] * rare * count / (count + SATURATION)
    telling = sorted(common.items(), key=lambda pair: (-pair[1], pair[0]))[:FEEDBACK_WORDS]
    profile = {root: share * rarity(counts.get(root, 0), total) for root, share in telling}
    likeness = {
        one.key: sum(
            profile[root] * one.weights[root] / (one.weights[root] + SATURATION)
            for root in profile.keys() & one.weights.keys()
        )
        for one in documents
    }
    top = max(likeness.values(), default=0.0) or 1.0
    return {key: words[key] + FEEDBACK * share / top for key, share in likeness.items()}
