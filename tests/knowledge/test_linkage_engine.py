"""The engine of the site: the same whoever adds up the evidence, and blind to what is one already."""

import numpy as np
import pytest

from minka.knowledge.sources import engine
from minka.knowledge.sources.engine import LinkageEngine
from minka.methods.likeness import Profile

ROWS = [
    Profile(key=1, name="Servicios Generales Yanacuri S.A.C.", region="cusco", sheet=1),
    Profile(key=2, name="Metalmecánica Huayra E.I.R.L.", phones=("+51 984 000 111",), sheet=1),
    Profile(key=2, name="HUAYRA METALMECANICA", emails=("ventas@huayra.pe",), sheet=2),
    Profile(key=3, name="SERV. GRLES. YANACURI SAC", region="cusco", place="wanchaq", sheet=2),
    Profile(key=4, name="Metalmecanica Huaira EIRL", emails=("ventas@huayra.pe",), sheet=3),
    Profile(key=5, name="Transportes Quilla S.R.L.", region="puno", sheet=3),
    Profile(key=6, name="Transportes Killa SRL", region="tacna", sheet=3),
]


def compared(first: int = 3):
    return LinkageEngine().compare(ROWS, first=first)


def test_few_pairs_weigh_what_splink_says_they_weigh(monkeypatch):
    direct = compared()
    monkeypatch.setattr(engine, "FEW_PAIRS", 0)
    through_splink = compared()
    assert len(direct.left) > 1
    assert np.array_equal(direct.left, through_splink.left)
    assert np.array_equal(direct.right, through_splink.right)
    assert direct.bits == pytest.approx(through_splink.bits)
    pairs = list(zip(direct.left.tolist(), direct.right.tolist(), strict=True))
    assert direct.explain(pairs) == through_splink.explain(pairs)


def test_rows_of_one_actor_are_not_compared_with_each_other():
    found = compared(first=0)
    pairs = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert (0, 3) in pairs
    assert (1, 2) not in pairs
