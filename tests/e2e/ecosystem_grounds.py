"""The pages of the ecosystem, with something to show on each."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from minka.core.models import User
from minka.knowledge.actions.network import measure
from minka.knowledge.actions.searches import save_search
from minka.knowledge.actions.shortlists import add_to_shortlist, create_shortlist
from minka.knowledge.actions.snapshots import take_snapshot
from minka.knowledge.models import Actor, DirectoryExport, EcosystemReport, Relation
from minka.knowledge.sources.snapshot_file import write_lines


@dataclass(frozen=True)
class Kept:
    """What a person of the team has kept of the directory."""

    search: int
    shortlist: str


def kept_things(staff: User, *, mine: Actor, firm: Actor) -> Kept:
    """Tie two organisations, and keep a search, a list, a file, a report and a snapshot."""
    Relation.objects.create(tail=firm, head=mine, kind="supplies", origin="entered")
    measure(force=True)
    search = save_search(by=staff, name="Bombas del sur", address="q=bombas", note="Para la feria")
    shortlist = create_shortlist(by=staff, name="Para visitar", note="En marzo")
    add_to_shortlist(by=staff, shortlist=shortlist, actors=[firm, mine])
    DirectoryExport.objects.create(by=staff, format="pdf", address="", rows=2)
    for state in ("failed", "queued"):
        EcosystemReport.objects.create(
            by=staff,
            audience="board",
            state=state,
            finished_at=timezone.now() if state == "failed" else None,
        )
    take_snapshot(by=staff, note="Antes de la feria", write=write_lines)
    return Kept(search.pk, str(shortlist.public_id))


def ecosystem_addresses(kept: Kept, *, mine: Actor, firm: Actor) -> dict[str, str]:
    """Return the pages of the ecosystem as the team sees them, by name."""
    both = urlencode({"actor": [firm.public_id, mine.public_id]}, doseq=True)
    return {
        "directory-facets": _url("directory") + "?kind=supplier&kind=mining_company&country=PE",
        "map-of-the-team": _url("map") + "?kind=supplier",
        "export": _url("export") + "?q=bombas",
        "exports": _url("exports"),
        "open-data": _url("open_data"),
        "saved-searches": _url("saved_searches"),
        "saved-search-new": _url("saved_search_new") + "?q=bombas",
        "saved-search-edit": _url("saved_search_edit", kept.search),
        "shortlists": _url("shortlists"),
        "shortlist": _url("shortlist", kept.shortlist),
        "compare": f"{_url('compare')}?{both}",
        "network": _url("network"),
        "network-metrics": _url("network_metrics"),
        "gaps": _url("gaps"),
        "indicators": _url("indicators"),
        "snapshots": _url("snapshots"),
        "reports": _url("reports"),
    }


def _url(name: str, *args: object) -> str:
    return reverse(f"knowledge:{name}", args=args)
