"""Profiles: one kept by its own people, a claim to check, a dispute, corrections, a round."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.claims import (
    claim_by_document,
    claim_by_email,
    issue_code,
    prove_claim,
)
from minka.knowledge.actions.corrections import answer_correction, propose_correction
from minka.knowledge.actions.freshness import answer_confirmation, start_campaign
from minka.knowledge.actions.ownership import verify_profile
from minka.knowledge.actions.profile import describe_actor, save_entry
from minka.knowledge.models import Actor, Confirmation, Place, Theme

PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 69>>stream
BT /F 18 Tf 72 740 Td (Documento de la demostracion, sin valor) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
"""


def keep_profiles(world: World) -> None:
    """Claim, describe, dispute, correct and ask whether profiles are still right."""
    content = load_content("profiles")
    _keep_one(world, content["claimed"])
    _claim_with_document(world, content["waiting"])
    disputed = content["disputed"]
    actor, owner = _actor(world, disputed), world.people[disputed["owner"]]
    _prove(owner, actor, disputed["owner_email"])
    _claim_with_document(world, disputed)
    for row in content["corrections"]:
        _correct(world, row)
    _ask_round(world, content["round"])


def _keep_one(world: World, row: dict[str, Any]) -> None:
    """Fill every section of the profile that its owner has claimed."""
    actor, owner = _actor(world, row), world.people[row["owner"]]
    _prove(owner, actor, row["owner_email"])
    change_actor(by=owner, actor=actor, changes=row["fields"])
    describe_actor(by=owner, actor=actor, size_band=row["size_band"], languages=row["languages"])
    themes = {theme.label_es: theme for theme in Theme.objects.all()}
    regions = {place.name: place for place in Place.objects.filter(level="department")}
    sections: dict[str, list[dict[str, Any]]] = {
        **row["sections"],
        "capabilities": [{**one, "theme": themes[one["theme"]]} for one in row["capabilities"]],
        "sites": [
            {**one, "region": regions[one["region"]], "country": "PE"} for one in row["sites"]
        ],
    }
    for section, entries in sections.items():
        for values in entries:
            save_entry(by=owner, actor=actor, section=section, values=_dated(values))
    actor.refresh_from_db()
    verify_profile(by=world.staff, actor=actor)


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    """Turn the days that a certification is still good for into a date."""
    if "expires_in_days" not in values:
        return values
    until = timezone.localdate() + timedelta(days=values["expires_in_days"])
    return {**values, "expires_on": until}


def _prove(person: User, actor: Actor, email: str) -> None:
    claim = claim_by_email(by=person, actor=actor, email=email)
    issued = issue_code(claim_id=claim.pk)
    if issued is not None:
        prove_claim(by=person, claim=issued[0], code=issued[1])
    actor.refresh_from_db()


def _claim_with_document(world: World, row: dict[str, Any]) -> None:
    claim_by_document(
        by=world.people[row["claimant"]],
        actor=_actor(world, row),
        upload=SimpleUploadedFile(row["document"], PAGE),
        note=row["note"],
    )


def _correct(world: World, row: dict[str, Any]) -> None:
    actor = _actor(world, row)
    correction = propose_correction(
        by=world.people[row["by"]],
        actor=actor,
        field=row["field"],
        after=row["after"],
        why=row["why"],
    )
    if "accepted_with" in row and actor.owner is not None:
        answer_correction(
            by=actor.owner, correction=correction, accept=True, answer=row["accepted_with"]
        )


def _ask_round(world: World, row: dict[str, Any]) -> None:
    """Start a round of letters; one in three has been answered."""
    region = Place.objects.get(level="department", name=row["region"])
    campaign = start_campaign(by=world.staff, name=row["name"], kind=row["kind"], region=region)
    letters = Confirmation.objects.filter(campaign=campaign)
    letters.update(sent_at=timezone.now())
    answers = [*row["changes"], *[""] * (letters.count() // 3)]
    answering = letters.select_related("actor").order_by("-pk")
    for letter, changed in zip(answering, answers, strict=False):
        answer_confirmation(confirmation=letter, changed=changed)


def _actor(world: World, row: dict[str, Any]) -> Actor:
    return Actor.objects.select_related("owner").get(pk=world.solvers[row["solver"]].pk)
