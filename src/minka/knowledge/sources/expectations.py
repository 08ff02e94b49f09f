"""What to expect of the bands, as measured with the engine of `sources.engine`."""

from minka.methods.likeness import Expectation

# Seven member lists with known answers, 3,000 rows in all, resolved one after the other.
# Measured with the weights before those that are shipped: to be measured anew.
EXPECTED = (
    Expectation(0.40, 0.974, 0.957),
    Expectation(0.50, 0.984, 0.941),
    Expectation(0.60, 0.988, 0.936),
    Expectation(0.70, 0.992, 0.918),
    Expectation(0.80, 0.994, 0.904),
    Expectation(0.90, 0.998, 0.850),
    Expectation(0.95, 0.998, 0.785),
    Expectation(0.99, 1.000, 0.558),
)
