"""Prepare a site as `minka run` does; the static files are gathered once for all of them."""

from minka.cli import start_django
from tests.e2e.site import only_one

if __name__ == "__main__":
    start_django()
    from minka.cli import prepare

    gather = prepare.collect_when_stale

    def gather_alone() -> bool:
        with only_one("test-static"):
            return gather()

    prepare.collect_when_stale = gather_alone
    prepare.prepare()
