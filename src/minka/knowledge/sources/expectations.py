"""What to expect of the bands, as measured with the engine of `sources.engine`."""

from minka.methods.likeness import Expectation

# Seven member lists with known answers, 3,000 rows in all, resolved one after the other with the
# weights that are shipped, once for each line: `python -m tests.bench.expectations` prints it.
EXPECTED = (
    Expectation(0.40, 0.975, 0.937),
    Expectation(0.50, 0.981, 0.931),
    Expectation(0.60, 0.988, 0.926),
    Expectation(0.70, 0.993, 0.921),
    Expectation(0.80, 0.996, 0.895),
    Expectation(0.90, 0.998, 0.830),
    Expectation(0.95, 0.999, 0.762),
    Expectation(0.99, 1.000, 0.524),
)
