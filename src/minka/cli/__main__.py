"""`python -m minka.cli …` is `minka …`."""

from minka.cli import main

main()
