"""The tables as they stand after 0025, made at once: an empty database is ready sooner.

One that has data goes on from where it is, step by step; both ways end alike, and a test says so.
"""

from importlib import import_module

import django.db.models.deletion
import minka.knowledge.models.actor
import minka.knowledge.models.snapshot
import uuid
from django.conf import settings
from django.db import migrations, models

from minka.core.made_at_once import CreateModels


search = import_module("minka.knowledge.migrations.0011_search")
keys = import_module("minka.knowledge.migrations.0024_bytewise_keys")


class Migration(migrations.Migration):
    replaces = [
        ("knowledge", "0001_initial"),
        ("knowledge", "0002_records_and_identity"),
        ("knowledge", "0003_surveys_and_reference"),
        ("knowledge", "0004_pairs_follow"),
        ("knowledge", "0005_size_is_told"),
        ("knowledge", "0010_ecosystem"),
        ("knowledge", "0011_search"),
        ("knowledge", "0012_loose_ends"),
        ("knowledge", "0014_search_again"),
        ("knowledge", "0015_review_gain"),
        ("knowledge", "0021_numbers_of_people"),
        ("knowledge", "0020_linkage_memory"),
        ("knowledge", "0022_documents_by_size"),
        ("knowledge", "0023_linkage_once"),
        ("knowledge", "0024_bytewise_keys"),
        ("knowledge", "0025_claim_letters"),
    ]

    initial = True

    dependencies = [
        ("core", "0003_erasure_request"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Actor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=minka.knowledge.models.actor.new_public_id,
                                editable=False,
                                max_length=12,
                                unique=True,
                            ),
                        ),
                        ("name", models.CharField(max_length=250, verbose_name="legal name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mining_company", "Mining company"),
                                    ("supplier", "Mining supplier"),
                                    ("university", "University"),
                                    ("research_centre", "R&D centre"),
                                    ("centre_of_excellence", "Centre of excellence"),
                                    ("trade_association", "Trade association"),
                                    ("chamber", "Chamber of commerce"),
                                    ("government", "Government entity"),
                                    ("multilateral", "Multilateral organisation"),
                                    ("incubator", "Incubator or accelerator"),
                                    ("fund", "Investment fund"),
                                    ("community", "Peasant community"),
                                    ("civil_society", "Civil society"),
                                    ("cluster", "Cluster organisation"),
                                    ("other", "Other"),
                                ],
                                default="other",
                                max_length=24,
                                verbose_name="actor type",
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="what it does")),
                        (
                            "activity",
                            models.CharField(blank=True, max_length=250, verbose_name="activity"),
                        ),
                        (
                            "website",
                            models.URLField(blank=True, max_length=250, verbose_name="website"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=60, verbose_name="telephone"),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=250, verbose_name="address"),
                        ),
                        (
                            "founded_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="founded in"
                            ),
                        ),
                        (
                            "country",
                            models.CharField(blank=True, max_length=2, verbose_name="country"),
                        ),
                        ("latitude", models.FloatField(blank=True, null=True)),
                        ("longitude", models.FloatField(blank=True, null=True)),
                        ("location_is_exact", models.BooleanField(default=False)),
                        ("search_text", models.TextField(default="", editable=False)),
                        ("name_key", models.CharField(editable=False, max_length=250)),
                        ("record_count", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actors_of_region",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True, related_name="actors", to="knowledge.theme"
                            ),
                        ),
                        ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "languages",
                            models.JSONField(blank=True, default=list, verbose_name="languages"),
                        ),
                        (
                            "logo",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_selves",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "size_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("micro", "1 to 10 people"),
                                    ("small", "11 to 50 people"),
                                    ("medium", "51 to 250 people"),
                                    ("large", "251 to 1,000 people"),
                                    ("very_large", "More than 1,000 people"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="size",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("live", "Live"), ("merged", "Joined to another")],
                                default="live",
                                editable=False,
                                max_length=8,
                            ),
                        ),
                        (
                            "verified_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        ("is_remembered", models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        "verbose_name": "actor",
                        "indexes": [
                            models.Index(fields=["name_key", "id"], name="actor_by_name"),
                            models.Index(fields=["kind", "name_key", "id"], name="actor_by_kind"),
                            models.Index(
                                fields=["region", "name_key", "id"], name="actor_by_region"
                            ),
                            models.Index(fields=["updated_at"], name="actor_by_change"),
                            models.Index(
                                condition=models.Q(("is_remembered", False)),
                                fields=["id"],
                                name="actor_not_remembered",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="actor_has_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("latitude__isnull", True), ("longitude__isnull", True)
                                    ),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="actor_on_earth",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "live"),
                                    ("merged_into__isnull", False),
                                    _connector="XOR",
                                ),
                                name="actor_merged_iff_into_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                                name="actor_not_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("owner__isnull", True),
                                    ("claimed_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="actor_dated_iff_claimed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActorActivity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.CharField(max_length=4, verbose_name="activity")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="activities",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "economic activity",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor", "code"), name="actoractivity_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActorField",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("field", models.CharField(max_length=24)),
                        ("value", models.JSONField(null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("claim", "The organisation"),
                                    ("staff", "The cluster team"),
                                    ("source", "A source"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="statements",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor", "field", "origin"),
                                name="actorfield_once_per_origin",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin__in", ["claim", "staff"])),
                                name="actorfield_of_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActorName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.CharField(max_length=250)),
                        ("text_key", models.CharField(max_length=250)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("trade", "Trade name"),
                                    ("alias", "Also known as"),
                                    ("acronym", "Acronym"),
                                    ("former", "Former name"),
                                ],
                                default="alias",
                                max_length=8,
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="other_names",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor", "text_key"), name="actorname_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnonymousAnswer",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("value", models.JSONField()),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anonymous_answers",
                                to="knowledge.question",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anonymous_answers",
                                to="knowledge.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "anonymous answer",
                        "indexes": [
                            models.Index(fields=["wave", "question"], name="anonymous_by_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("value", models.JSONField()),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("answered_at", models.DateTimeField(auto_now=True)),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="knowledge.question",
                            ),
                        ),
                        (
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="knowledge.response",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("response", "question"), name="answer_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bands",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "join_from",
                            models.FloatField(default=0.5, verbose_name="join alone from"),
                        ),
                        ("ask_from", models.FloatField(default=0.2, verbose_name="ask from")),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bands",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ask_from__gt", 0),
                                    ("ask_from__lte", models.F("join_from")),
                                    ("join_from__lte", 1),
                                ),
                                name="bands_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Boundary",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("properties", models.JSONField(default=dict)),
                        ("geometry", models.JSONField()),
                        ("name", models.CharField(blank=True, max_length=200)),
                        ("code", models.CharField(blank=True, max_length=20)),
                        ("longitude", models.FloatField()),
                        ("latitude", models.FloatField()),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="boundaries",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "boundary_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="features",
                                to="knowledge.boundaryset",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "boundary",
                        "ordering": ["boundary_set", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("boundary_set", "position"), name="boundary_position_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("place__isnull", False)),
                                fields=("boundary_set", "place"),
                                name="boundary_place_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoundarySet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("department", "Region"),
                                    ("province", "Province"),
                                    ("district", "District"),
                                ],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=200, verbose_name="licence"),
                        ),
                        ("name_property", models.CharField(blank=True, max_length=80)),
                        ("code_property", models.CharField(blank=True, max_length=80)),
                        ("code_scheme", models.CharField(blank=True, max_length=6)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("live", "In use"),
                                    ("replaced", "Replaced"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=8,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "set of boundaries",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "live")),
                                fields=("country", "level"),
                                name="boundaryset_one_in_use",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("published_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="boundaryset_dated_iff_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["department", "province", "district"])
                                ),
                                name="boundaryset_of_a_level",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=120, verbose_name="name of the round"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mining_company", "Mining company"),
                                    ("supplier", "Mining supplier"),
                                    ("university", "University"),
                                    ("research_centre", "R&D centre"),
                                    ("centre_of_excellence", "Centre of excellence"),
                                    ("trade_association", "Trade association"),
                                    ("chamber", "Chamber of commerce"),
                                    ("government", "Government entity"),
                                    ("multilateral", "Multilateral organisation"),
                                    ("incubator", "Incubator or accelerator"),
                                    ("fund", "Investment fund"),
                                    ("community", "Peasant community"),
                                    ("civil_society", "Civil society"),
                                    ("cluster", "Cluster organisation"),
                                    ("other", "Other"),
                                ],
                                max_length=24,
                                verbose_name="actor type",
                            ),
                        ),
                        ("started_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round of confirmation",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Capability",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "trl",
                            models.PositiveSmallIntegerField(
                                verbose_name="technology readiness level (TRL)"
                            ),
                        ),
                        (
                            "evidence",
                            models.CharField(blank=True, max_length=500, verbose_name="evidence"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="capabilities",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="capabilities",
                                to="knowledge.theme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "capability",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor", "theme"), name="capability_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("trl__gte", 1), ("trl__lte", 9)),
                                name="capability_trl_from_1_to_9",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="certification")),
                        (
                            "issuer",
                            models.CharField(blank=True, max_length=120, verbose_name="issued by"),
                        ),
                        (
                            "expires_on",
                            models.DateField(blank=True, null=True, verbose_name="valid until"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="certifications",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certification",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor", "name", "issuer"), name="certification_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "Waiting for an answer"),
                                    ("proving", "Waiting for the code"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("disputed", "In dispute"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="requested",
                                max_length=10,
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail at the organisation's domain"),
                                    ("document", "Document that the cluster team checks"),
                                    ("transfer", "Handed over by the former owner"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True,
                                max_length=254,
                                verbose_name="e-mail at the organisation",
                            ),
                        ),
                        ("code_digest", models.CharField(blank=True, max_length=64)),
                        ("code_sent_at", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "claimant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        ("code_failed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "claim",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "granted")),
                                fields=("actor",),
                                name="claim_one_owner",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["requested", "proving", "disputed", "granted"])
                                ),
                                fields=("actor", "claimant"),
                                name="claim_one_live_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("requested", "proving", "disputed")),
                                    ("decided_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="claim_dated_iff_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "Waiting for an answer"),
                                    ("proving", "Waiting for the code"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("disputed", "In dispute"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="knowledge.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Community",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True)),
                        ("marks", models.JSONField(default=list)),
                        (
                            "given_es",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="name (Spanish)"
                            ),
                        ),
                        (
                            "given_en",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="name (English)"
                            ),
                        ),
                        ("size", models.PositiveIntegerField(default=0)),
                        ("first_seen", models.DateField()),
                        ("last_seen", models.DateField()),
                    ],
                    options={
                        "verbose_name": "community",
                        "verbose_name_plural": "communities",
                        "ordering": ["number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_seen__gte", models.F("first_seen"))),
                                name="community_seen_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Condition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "test",
                            models.CharField(
                                choices=[
                                    ("is", "is"),
                                    ("is_not", "is not"),
                                    ("at_least", "is at least"),
                                    ("at_most", "is at most"),
                                    ("answered", "has an answer"),
                                ],
                                default="is",
                                max_length=8,
                            ),
                        ),
                        ("value", models.CharField(blank=True, max_length=64)),
                        (
                            "on",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opens",
                                to="knowledge.question",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conditions",
                                to="knowledge.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "condition",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("question", models.F("on")), _negated=True),
                                name="condition_on_another_question",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Confirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("language", models.CharField(default="es", max_length=2)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for an answer"),
                                    ("confirmed", "Still right"),
                                    ("changed", "Something has changed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="what has changed"
                            ),
                        ),
                        ("expires_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="confirmations",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="confirmations",
                                to="knowledge.campaign",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmation",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "actor"), name="confirmation_one_per_round"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "waiting"),
                                    ("answered_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="confirmation_dated_iff_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("label", models.CharField(max_length=80, verbose_name="what it is for")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("phone", "Telephone"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                                verbose_name="kind of contact",
                            ),
                        ),
                        ("value", models.CharField(max_length=160, verbose_name="contact")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody"),
                                    ("members", "Members of the organisation"),
                                    ("staff", "Cluster team"),
                                ],
                                default="staff",
                                max_length=8,
                                verbose_name="who sees it",
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor", "kind", "value"), name="contact_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("field", models.CharField(max_length=40)),
                        ("before", models.TextField(blank=True)),
                        ("after", models.TextField(blank=True)),
                        ("why", models.CharField(max_length=500, verbose_name="why")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unchecked", "E-mail not confirmed"),
                                    ("proposed", "Proposed"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(auto_now_add=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=500, verbose_name="reason"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answer_sent_at", models.DateTimeField(blank=True, null=True)),
                        ("by_visitor", models.BooleanField(default=False)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        ("language", models.CharField(default="es", max_length=2)),
                        ("link_sent_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "correction",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("actor", "field", "proposed_by"),
                                name="correction_one_open_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["unchecked", "proposed"]),
                                    ("answered_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="correction_dated_iff_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by_visitor", True),
                                    ("proposed_by__isnull", False),
                                    _connector="XOR",
                                ),
                                name="correction_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by_visitor", True),
                                    models.Q(
                                        models.Q(("state", "unchecked"), _negated=True),
                                        ("email", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="correction_address_of_visitors",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryExport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("format", models.CharField(max_length=8)),
                        ("address", models.TextField(blank=True)),
                        ("language", models.CharField(default="es", max_length=2)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Being made"),
                                    ("ready", "Ready"),
                                    ("failed", "Could not be made"),
                                    ("expired", "No longer kept"),
                                ],
                                default="queued",
                                max_length=8,
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "shortlist",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="knowledge.shortlist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export of the directory",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "ready"), ("file__isnull", True), _connector="XOR"
                                ),
                                name="directoryexport_file_iff_ready",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EcosystemReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("board", "The board"), ("public", "Anybody")],
                                max_length=8,
                                verbose_name="for whom",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(default="es", max_length=2, verbose_name="language"),
                        ),
                        ("address", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Being written"),
                                    ("ready", "Ready"),
                                    ("failed", "Could not be written"),
                                ],
                                default="queued",
                                max_length=8,
                            ),
                        ),
                        ("parts_done", models.PositiveSmallIntegerField(default=0)),
                        ("parts", models.PositiveSmallIntegerField(default=0)),
                        ("failed_parts", models.JSONField(default=list)),
                        ("figures", models.JSONField(default=list)),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report on the ecosystem",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "ready"), ("file__isnull", True), _connector="XOR"
                                ),
                                name="ecosystemreport_file_iff_ready",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "queued"),
                                    ("finished_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="ecosystemreport_dated_iff_done",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "queued")),
                                fields=("audience", "language", "address"),
                                name="ecosystemreport_waits_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FieldChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("field", models.CharField(max_length=40)),
                        ("before", models.TextField(blank=True)),
                        ("after", models.TextField(blank=True)),
                        (
                            "voice",
                            models.CharField(
                                choices=[
                                    ("claim", "The organisation"),
                                    ("person", "A member"),
                                    ("team", "Cluster team"),
                                    ("correction", "An accepted correction"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="field_changes",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a field",
                        "indexes": [
                            models.Index(fields=["actor", "-at"], name="fieldchange_of_actor")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Identifier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("scheme", models.CharField(max_length=16)),
                        ("value", models.CharField(max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="identifiers",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "value"), name="identifier_one_actor"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "scheme__in",
                                        (
                                            "pe.ruc",
                                            "cl.rut",
                                            "ar.cuit",
                                            "bo.nit",
                                            "co.nit",
                                            "ec.ruc",
                                            "mx.rfc",
                                            "br.cnpj",
                                            "au.abn",
                                        ),
                                    )
                                ),
                                fields=("actor", "scheme"),
                                name="identifier_one_tax_id_per_country",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorCell",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("activity", models.CharField(blank=True, max_length=4)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("value", models.FloatField(null=True)),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="knowledge.indicatortable",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figure",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("region__isnull", False)),
                                fields=("table", "activity", "region", "year"),
                                name="indicatorcell_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("region__isnull", True)),
                                fields=("table", "activity", "year"),
                                name="indicatorcell_once_in_country",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value__isnull", True), ("value__gte", 0), _connector="OR"
                                ),
                                name="indicatorcell_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorTable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("employment", "Employment"),
                                    ("companies", "Companies"),
                                    ("sales", "Sales"),
                                ],
                                max_length=12,
                                verbose_name="what it counts",
                            ),
                        ),
                        ("unit", models.CharField(max_length=60, verbose_name="unit")),
                        (
                            "licence",
                            models.CharField(max_length=200, verbose_name="licence or permission"),
                        ),
                        (
                            "address",
                            models.URLField(
                                blank=True, max_length=250, verbose_name="where it was published"
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=120)),
                        ("mapping", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checked", "Looked at, not taken yet"),
                                    ("taken", "Taken"),
                                    ("undone", "Taken back"),
                                ],
                                default="checked",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("cells", models.PositiveIntegerField(default=0)),
                        ("missing", models.PositiveIntegerField(default=0)),
                        ("faults", models.JSONField(default=list)),
                        ("faults_count", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicator_tables",
                                to="knowledge.source",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "table of figures",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "checked"),
                                    ("taken_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="indicatortable_dated_iff_taken",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "undone"),
                                    ("undone_at__isnull", True),
                                    _connector="XOR",
                                ),
                                name="indicatortable_dated_iff_undone",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("version", 0), _negated=True),
                                fields=("source", "measure", "version"),
                                name="indicatortable_version_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Introduction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("score", models.FloatField()),
                        ("rank", models.PositiveIntegerField(default=0)),
                        ("common", models.JSONField(default=list)),
                        ("shared", models.JSONField(default=list)),
                        (
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="introductions",
                                to="knowledge.networkrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "introduction",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "one", "other"), name="introduction_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("one", models.F("other")), _negated=True),
                                name="introduction_of_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(max_length=80, verbose_name="title of the page"),
                        ),
                        (
                            "url",
                            models.URLField(max_length=250, verbose_name="address of the page"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link",
                        "constraints": [
                            models.UniqueConstraint(fields=("actor", "url"), name="link_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkageKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.IntegerField()),
                        ("region", models.IntegerField()),
                        ("start", models.IntegerField()),
                        ("actor_key", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "linkage key",
                        "indexes": [models.Index(fields=["actor_key"], name="linkagekey_by_actor")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "region", "start", "actor_key"),
                                name="linkagekey_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkageSheet",
                    fields=[
                        (
                            "sheet_import",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="knowledge.sheetimport",
                            ),
                        ),
                        ("cut", models.PositiveSmallIntegerField()),
                        ("repeating", models.CharField(max_length=8)),
                    ],
                    options={
                        "verbose_name": "linkage sheet",
                    },
                ),
                migrations.CreateModel(
                    name="LinkageWord",
                    fields=[
                        (
                            "word",
                            models.CharField(max_length=120, primary_key=True, serialize=False),
                        ),
                        ("names", models.PositiveIntegerField()),
                        ("seen", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name": "linkage word",
                        "indexes": [models.Index(fields=["names"], name="linkageword_by_names")],
                    },
                ),
                migrations.CreateModel(
                    name="MapLayer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name_es", models.CharField(max_length=80, verbose_name="name (Spanish)")),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="name (English)"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("mine", "Mines and projects"),
                                    ("port", "Ports"),
                                    ("rail", "Railways"),
                                    ("corridor", "Corridors and roads"),
                                    ("energy", "Energy and water"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                                verbose_name="what it shows",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=200, verbose_name="licence"),
                        ),
                        ("content", models.JSONField()),
                        ("feature_count", models.PositiveIntegerField(default=0)),
                        ("is_shown", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "layer of the map",
                        "ordering": ["category", "name_es", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_es", ""), _negated=True),
                                name="maplayer_has_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("representative", "Company representative"),
                                    ("user_area", "User area"),
                                    ("member", "Organisation member"),
                                ],
                                default="member",
                                max_length=16,
                            ),
                        ),
                        (
                            "user_area",
                            models.CharField(blank=True, max_length=80, verbose_name="user area"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "Waiting for an answer"),
                                    ("active", "Active"),
                                    ("refused", "Refused"),
                                    ("ended", "Ended"),
                                ],
                                default="requested",
                                max_length=10,
                            ),
                        ),
                        (
                            "message",
                            models.CharField(blank=True, max_length=500, verbose_name="message"),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "is_editor",
                            models.BooleanField(default=False, verbose_name="edits the profile"),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["requested", "active"])),
                                fields=("user", "actor"),
                                name="membership_one_live",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "requested"),
                                    ("answered_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="membership_dated_iff_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NetworkRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        ("on_date", models.DateField()),
                        ("version", models.CharField(max_length=64)),
                        ("nodes", models.PositiveIntegerField(default=0)),
                        ("ties", models.PositiveIntegerField(default=0)),
                        ("seconds", models.FloatField(default=0)),
                        ("figures", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "network run",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Option",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.SlugField(max_length=32)),
                        (
                            "text_es",
                            models.CharField(max_length=200, verbose_name="answer in Spanish"),
                        ),
                        (
                            "text_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="answer in English"
                            ),
                        ),
                        (
                            "excludes_others",
                            models.BooleanField(default=False, verbose_name="excludes the others"),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="knowledge.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "option",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "code"), name="option_code_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("same", "The same"),
                                    ("different", "Different"),
                                    ("unsure", "Not known"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="knowledge.pairquestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer about a pair",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "by"), name="pairanswer_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict", "waiting"), _negated=True),
                                name="pairanswer_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("probability", models.FloatField()),
                        ("evidence", models.JSONField(default=list)),
                        ("sides", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("same", "The same"),
                                    ("different", "Different"),
                                    ("unsure", "Not known"),
                                ],
                                default="waiting",
                                max_length=9,
                            ),
                        ),
                        (
                            "audit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not part of a sample"),
                                    ("joined", "Sample of what was joined"),
                                    ("apart", "Sample of what was left apart"),
                                ],
                                default="",
                                max_length=6,
                            ),
                        ),
                        ("stands_for", models.FloatField(default=1)),
                        ("asked_twice", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "left",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "right",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="questions",
                                to="knowledge.resolutionstep",
                            ),
                        ),
                        (
                            "now_high",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "now_low",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        ("gain", models.FloatField(default=0)),
                    ],
                    options={
                        "verbose_name": "pair to review",
                        "indexes": [
                            models.Index(
                                fields=["state", "-probability", "id"], name="pair_by_state"
                            ),
                            models.Index(fields=["now_low", "now_high"], name="pair_by_actors"),
                            models.Index(fields=["state", "-gain", "id"], name="pair_by_gain"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("left", "right"), name="pairquestion_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("left__lt", models.F("right"))),
                                name="pairquestion_left_is_older",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("probability__gte", 0), ("probability__lte", 1)
                                ),
                                name="pairquestion_probability",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "waiting"),
                                    ("answered_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="pairquestion_dated_iff_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("country", "Country"),
                                    ("department", "Region"),
                                    ("province", "Province"),
                                    ("district", "District"),
                                    ("city", "City"),
                                    ("state", "Region abroad"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("name_key", models.CharField(max_length=120)),
                        ("inei_code", models.CharField(blank=True, max_length=6)),
                        ("reniec_code", models.CharField(blank=True, max_length=6)),
                        ("latitude", models.FloatField(blank=True, null=True)),
                        ("longitude", models.FloatField(blank=True, null=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "geoname_id",
                            models.PositiveIntegerField(blank=True, null=True, unique=True),
                        ),
                        ("geoname_code", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "verbose_name": "place",
                        "indexes": [
                            models.Index(
                                fields=["country", "level", "name_key"], name="place_by_name"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("inei_code", ""), _negated=True),
                                fields=("country", "inei_code"),
                                name="place_inei_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("latitude__isnull", True), ("longitude__isnull", True)
                                    ),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="place_on_earth",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("geoname_code", ""), _negated=True),
                                fields=("country", "geoname_code"),
                                name="place_geoname_code_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=160, verbose_name="product or service"),
                        ),
                        (
                            "unspsc",
                            models.CharField(blank=True, max_length=8, verbose_name="UNSPSC code"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="products",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product or service",
                        "constraints": [
                            models.UniqueConstraint(fields=("actor", "name"), name="product_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.SlugField(max_length=32, verbose_name="short name")),
                        (
                            "section_es",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="section in Spanish"
                            ),
                        ),
                        (
                            "section_en",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="section in English"
                            ),
                        ),
                        (
                            "text_es",
                            models.CharField(max_length=500, verbose_name="question in Spanish"),
                        ),
                        (
                            "text_en",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="question in English"
                            ),
                        ),
                        (
                            "help_es",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="explanation in Spanish"
                            ),
                        ),
                        (
                            "help_en",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="explanation in English"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("short_text", "Short text"),
                                    ("long_text", "Long text"),
                                    ("whole_number", "Whole number"),
                                    ("number", "Number with decimals"),
                                    ("yes_no", "Yes or no"),
                                    ("one_of", "One of several"),
                                    ("some_of", "Any of several"),
                                    ("scale", "Scale from 1 to 5"),
                                    ("date", "Date"),
                                    ("email", "E-mail"),
                                    ("phone", "Telephone"),
                                    ("website", "Website"),
                                    ("region", "Region"),
                                    ("themes", "Themes of the thesaurus"),
                                ],
                                max_length=12,
                                verbose_name="kind of answer",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=24, verbose_name="unit")),
                        (
                            "least",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="at least",
                            ),
                        ),
                        (
                            "most",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="at most",
                            ),
                        ),
                        (
                            "is_required",
                            models.BooleanField(default=False, verbose_name="must be answered"),
                        ),
                        (
                            "is_anonymous",
                            models.BooleanField(default=False, verbose_name="anonymous"),
                        ),
                        (
                            "feeds",
                            models.CharField(
                                blank=True, max_length=24, verbose_name="profile field"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="knowledge.questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("questionnaire", "code"), name="question_code_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_anonymous", False), ("feeds", ""), _connector="OR"
                                ),
                                name="question_anonymous_feeds_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_anonymous", False), ("is_required", False), _connector="OR"
                                ),
                                name="question_anonymous_is_free",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Questionnaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "title_es",
                            models.CharField(max_length=160, verbose_name="title in Spanish"),
                        ),
                        (
                            "title_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="title in English"
                            ),
                        ),
                        (
                            "kinds",
                            models.JSONField(blank=True, default=list, verbose_name="actor types"),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questionnaires",
                                to="knowledge.survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "questionnaire",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Quota",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mining_company", "Mining company"),
                                    ("supplier", "Mining supplier"),
                                    ("university", "University"),
                                    ("research_centre", "R&D centre"),
                                    ("centre_of_excellence", "Centre of excellence"),
                                    ("trade_association", "Trade association"),
                                    ("chamber", "Chamber of commerce"),
                                    ("government", "Government entity"),
                                    ("multilateral", "Multilateral organisation"),
                                    ("incubator", "Incubator or accelerator"),
                                    ("fund", "Investment fund"),
                                    ("community", "Peasant community"),
                                    ("civil_society", "Civil society"),
                                    ("cluster", "Cluster organisation"),
                                    ("other", "Other"),
                                ],
                                max_length=24,
                                verbose_name="actor type",
                            ),
                        ),
                        ("wanted", models.PositiveIntegerField(verbose_name="wanted")),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quotas",
                                to="knowledge.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quota",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("region__isnull", False)),
                                fields=("wave", "kind", "region"),
                                name="quota_once_per_group",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("region__isnull", True)),
                                fields=("wave", "kind"),
                                name="quota_once_per_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("wanted__gte", 1)), name="quota_wants_somebody"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Record",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=120)),
                        ("line", models.PositiveIntegerField()),
                        ("cells", models.JSONField(default=list)),
                        ("values", models.JSONField(default=dict)),
                        ("problems", models.JSONField(default=list)),
                        ("digest", models.CharField(max_length=64)),
                        ("occurrence", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "first_import",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="knowledge.sheetimport",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="knowledge.source",
                            ),
                        ),
                        ("key", models.CharField(blank=True, max_length=160)),
                        ("kind", models.CharField(blank=True, max_length=24)),
                        (
                            "last_import",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.sheetimport",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.place",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="predecessors",
                                to="knowledge.record",
                            ),
                        ),
                        ("vanished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "vanished_in",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.sheetimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "record",
                        "indexes": [
                            models.Index(fields=["first_import", "line"], name="record_by_line"),
                            models.Index(fields=["source", "key"], name="record_by_key"),
                            models.Index(
                                condition=models.Q(("vanished_in__isnull", False)),
                                fields=["vanished_in"],
                                name="record_by_vanishing",
                            ),
                            models.Index(
                                condition=models.Q(("replaced_by__isnull", False)),
                                fields=["replaced_by"],
                                name="record_by_successor",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "digest", "occurrence"),
                                name="record_once_per_source",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("supplies", "supplies"),
                                    ("member_of", "is a member of"),
                                    ("partner_in", "is a partner of"),
                                    ("subsidiary_of", "is a subsidiary of"),
                                    ("funds", "funds"),
                                    ("trains", "trains"),
                                    ("certifies", "certifies"),
                                    ("researches_with", "researches with"),
                                    ("proposes_with", "proposes with"),
                                    ("contracted_by", "is contracted by"),
                                ],
                                max_length=20,
                                verbose_name="kind of tie",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="since"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        ("confidence", models.FloatField(default=1.0, verbose_name="confidence")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("is_public", models.BooleanField(default=True, verbose_name="public")),
                        (
                            "state",
                            models.CharField(
                                choices=[("standing", "Stands"), ("withdrawn", "Withdrawn")],
                                default="standing",
                                max_length=10,
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("entered", "Entered by hand"),
                                    ("imported", "From a sheet"),
                                    ("born", "Born in the platform"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("act", models.CharField(blank=True, max_length=80)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "head",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ties_in",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ties",
                                to="knowledge.source",
                            ),
                        ),
                        (
                            "stated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tail",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ties_out",
                                to="knowledge.actor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tie",
                        "indexes": [
                            models.Index(fields=["head", "kind"], name="relation_by_head"),
                            models.Index(fields=["tail", "kind"], name="relation_by_tail"),
                            models.Index(fields=["updated_at"], name="relation_by_change"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("tail", models.F("head")), _negated=True),
                                name="relation_between_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="relation_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confidence__gt", 0), ("confidence__lte", 1)),
                                name="relation_confidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "standing"),
                                    ("withdrawn_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="relation_dated_iff_withdrawn",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("act", ""), _negated=True),
                                fields=("tail", "head", "kind", "act"),
                                name="relation_once_per_act",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("source__isnull", False), ("state", "standing")
                                ),
                                fields=("tail", "head", "kind", "source"),
                                name="relation_once_per_source",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("act", ""), ("source__isnull", True), ("state", "standing")
                                ),
                                fields=("tail", "head", "kind"),
                                name="relation_once_by_hand",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("merge", "Joined"), ("split", "Taken apart")],
                                max_length=6,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason"),
                        ),
                        ("probability", models.FloatField(blank=True, null=True)),
                        ("data", models.JSONField(default=dict)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps_as_other",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of resolution",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at__isnull", True),
                                    ("undone_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="resolutionstep_undone_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("actor", models.F("other")), _negated=True),
                                name="resolutionstep_two_actors",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        ("language", models.CharField(default="es", max_length=2)),
                        (
                            "group",
                            models.CharField(blank=True, max_length=24, verbose_name="actor type"),
                        ),
                        (
                            "region_name",
                            models.CharField(blank=True, max_length=120, verbose_name="region"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("invited", "Invited, not begun"),
                                    ("started", "Begun, not finished"),
                                    ("finished", "Finished"),
                                    ("refused", "Does not want to answer"),
                                    ("unreached", "Could not be reached"),
                                ],
                                default="invited",
                                max_length=10,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("link", "By its personal link"),
                                    ("interviewer", "By an interviewer"),
                                    ("sheet", "From a filled sheet"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "respondent",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="who answers"
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_times", models.PositiveSmallIntegerField(default=0)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("anonymous_sent", models.BooleanField(default=False)),
                        ("set_aside", models.BooleanField(default=False, editable=False)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="survey_responses",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "interviewer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="knowledge.questionnaire",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.record",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="knowledge.wave",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "response to a survey",
                        "indexes": [
                            models.Index(fields=["wave", "state"], name="response_by_state"),
                            models.Index(
                                fields=["wave", "group", "state"], name="response_by_group"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("set_aside", False)),
                                fields=("wave", "actor"),
                                name="response_once_per_wave",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "finished"), _negated=True),
                                    ("finished_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="response_finished_is_dated",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedSearch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("address", models.TextField(blank=True)),
                        (
                            "alert",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Never"),
                                    ("daily", "Every day"),
                                    ("weekly", "Every Monday"),
                                ],
                                default="",
                                max_length=6,
                                verbose_name="tell me of new ones",
                            ),
                        ),
                        (
                            "for_team",
                            models.BooleanField(
                                default=False, verbose_name="the cluster team sees it"
                            ),
                        ),
                        (
                            "token",
                            models.CharField(blank=True, max_length=40, null=True, unique=True),
                        ),
                        ("known", models.BinaryField(default=bytes)),
                        ("looks", models.PositiveIntegerField(default=0, editable=False)),
                        ("looked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_searches",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved search",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name"), name="savedsearch_name_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="savedsearch_has_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchDocument",
                    fields=[
                        (
                            "actor",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="search_document",
                                serialize=False,
                                to="knowledge.actor",
                            ),
                        ),
                        ("titles", models.TextField()),
                        ("names", models.TextField()),
                        ("offers", models.TextField(blank=True)),
                        ("words", models.TextField(blank=True)),
                        ("places", models.TextField(blank=True)),
                        ("surfaces", models.TextField(blank=True)),
                        ("size", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "verbose_name": "search document",
                        "indexes": [
                            models.Index(fields=["actor", "size"], name="searchdocument_by_size")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchPhrase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("phrase", models.CharField(db_index=True, max_length=250)),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.theme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search phrase",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("theme", "phrase"), name="searchphrase_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("root", models.CharField(max_length=64)),
                        ("backwards", models.CharField(max_length=64)),
                        ("change", models.IntegerField()),
                    ],
                    options={
                        "verbose_name": "search word",
                        "indexes": [
                            models.Index(fields=["root", "change"], name="searchword_by_root"),
                            models.Index(
                                fields=["backwards", "root", "change"], name="searchword_backwards"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=120)),
                        ("default_kind", models.CharField(blank=True, max_length=24)),
                        ("country", models.CharField(default="PE", max_length=2)),
                        ("mapping", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "Columns to confirm"),
                                    ("queued", "Waiting to start"),
                                    ("running", "Importing"),
                                    ("done", "Finished"),
                                    ("failed", "Stopped by an error"),
                                    ("discarded", "Discarded"),
                                    ("cancelled", "Cancelled"),
                                    ("undoing", "Being undone"),
                                    ("undone", "Undone"),
                                ],
                                default="uploaded",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("rows_total", models.PositiveIntegerField(default=0)),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("records_new", models.PositiveIntegerField(default=0)),
                        ("records_unchanged", models.PositiveIntegerField(default=0)),
                        ("rows_with_problems", models.PositiveIntegerField(default=0)),
                        ("actors_new", models.PositiveIntegerField(default=0)),
                        ("error", models.TextField(blank=True)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="knowledge.source",
                            ),
                        ),
                        ("corrections", models.JSONField(default=dict)),
                        ("is_new_version", models.BooleanField(default=False)),
                        ("mapping_origin", models.JSONField(default=dict)),
                        ("records_changed", models.PositiveIntegerField(default=0)),
                        ("records_vanished", models.PositiveIntegerField(default=0)),
                        ("times_resumed", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "import",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "done"),
                                    ("finished_at__isnull", True),
                                    _connector="XOR",
                                ),
                                name="sheetimport_dated_iff_done",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shortlist",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="what it is for"
                            ),
                        ),
                        (
                            "for_team",
                            models.BooleanField(
                                default=False, verbose_name="the cluster team sees it"
                            ),
                        ),
                        (
                            "token",
                            models.CharField(blank=True, max_length=40, null=True, unique=True),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shortlists",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "list of organisations",
                        "ordering": ["-changed_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name"), name="shortlist_name_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="shortlist_has_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShortlistEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="listed",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "shortlist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="knowledge.shortlist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation of a list",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("shortlist", "actor"), name="shortlistentry_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("head_office", "Head office"),
                                    ("branch", "Branch"),
                                    ("operation", "Operation"),
                                ],
                                default="branch",
                                max_length=12,
                                verbose_name="kind of place",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="name of the place"
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=250, verbose_name="address"),
                        ),
                        (
                            "country",
                            models.CharField(blank=True, max_length=2, verbose_name="country"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sites",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place of an organisation",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "head_office")),
                                fields=("actor",),
                                name="site_one_head_office",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("taken_at", models.DateTimeField(verbose_name="taken")),
                        ("month", models.CharField(blank=True, max_length=7)),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="why it is taken"
                            ),
                        ),
                        (
                            "content",
                            models.FileField(
                                max_length=120,
                                upload_to=minka.knowledge.models.snapshot.snapshot_place,
                            ),
                        ),
                        ("size_bytes", models.BigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("actors", models.PositiveIntegerField()),
                        ("ties", models.PositiveIntegerField()),
                        ("figures", models.JSONField(default=dict)),
                        ("seconds", models.FloatField(default=0)),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "snapshot of the map",
                        "ordering": ["-taken_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("month", ""), _negated=True),
                                fields=("month",),
                                name="snapshot_once_a_month",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("month", ""), _negated=True),
                                    ("made_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="snapshot_has_an_author",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=120, unique=True, verbose_name="source"),
                        ),
                        (
                            "licence",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="licence or permission"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("rank", models.PositiveIntegerField(default=1000)),
                    ],
                    options={
                        "verbose_name": "source",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("degree", models.PositiveIntegerField()),
                        ("betweenness", models.FloatField()),
                        ("betweenness_error", models.FloatField(default=0)),
                        ("closeness", models.FloatField()),
                        ("closeness_error", models.FloatField(default=0)),
                        ("core", models.PositiveIntegerField()),
                        ("coordinator", models.BigIntegerField(default=0)),
                        ("itinerant", models.BigIntegerField(default=0)),
                        ("gatekeeper", models.BigIntegerField(default=0)),
                        ("liaison", models.BigIntegerField(default=0)),
                        ("brokered", models.BigIntegerField(default=0)),
                        ("is_sampled_broker", models.BooleanField(default=False)),
                        ("external_internal", models.FloatField(blank=True, null=True)),
                        ("is_articulation", models.BooleanField(default=False)),
                        ("x", models.FloatField(default=0)),
                        ("y", models.FloatField(default=0)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="standings",
                                to="knowledge.community",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standings",
                                to="knowledge.networkrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "standing in the network",
                        "indexes": [
                            models.Index(
                                fields=["run", "-betweenness"], name="standing_by_betweenness"
                            ),
                            models.Index(fields=["run", "-degree"], name="standing_by_degree"),
                            models.Index(fields=["run", "-brokered"], name="standing_by_brokerage"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "actor"), name="standing_once_per_run"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("public_id", models.CharField(max_length=12, unique=True)),
                        (
                            "title_es",
                            models.CharField(max_length=160, verbose_name="title in Spanish"),
                        ),
                        (
                            "title_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="title in English"
                            ),
                        ),
                        (
                            "welcome_es",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="welcome in Spanish"
                            ),
                        ),
                        (
                            "welcome_en",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="welcome in English"
                            ),
                        ),
                        (
                            "purpose_es",
                            models.TextField(
                                max_length=1000, verbose_name="what the answers are for, in Spanish"
                            ),
                        ),
                        (
                            "purpose_en",
                            models.TextField(
                                max_length=1000, verbose_name="what the answers are for, in English"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Being written"),
                                    ("ready", "Ready to be asked"),
                                    ("retired", "No longer asked"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "survey",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveySilence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(max_length=254, unique=True, verbose_name="e-mail"),
                        ),
                        ("since", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "address that is not written to",
                    },
                ),
                migrations.CreateModel(
                    name="Theme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=80, unique=True)),
                        (
                            "label_es",
                            models.CharField(
                                max_length=120, unique=True, verbose_name="label in Spanish"
                            ),
                        ),
                        (
                            "label_en",
                            models.CharField(max_length=120, verbose_name="label in English"),
                        ),
                        ("synonyms_es", models.JSONField(blank=True, default=list)),
                        ("synonyms_en", models.JSONField(blank=True, default=list)),
                        (
                            "broader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="narrower",
                                to="knowledge.theme",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former",
                                to="knowledge.theme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "theme",
                        "ordering": ["label_es"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("broader__isnull", True),
                                    models.Q(("broader", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="theme_not_under_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by__isnull", True),
                                    models.Q(("replaced_by", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="theme_not_replaced_by_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThemeMerge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("moved", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "into",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merges_taken",
                                to="knowledge.theme",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merges",
                                to="knowledge.theme",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "merge of two themes",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("theme",),
                                name="thememerge_one_live",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at__isnull", True),
                                    ("undone_by__isnull", False),
                                    _connector="XOR",
                                ),
                                name="thememerge_undone_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThemeRefusal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("refused_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="theme_refusals",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "refused_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.theme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor", "theme"), name="themerefusal_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TieImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=120)),
                        ("headers", models.JSONField(default=list)),
                        ("mapping", models.JSONField(default=dict)),
                        (
                            "default_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("supplies", "supplies"),
                                    ("member_of", "is a member of"),
                                    ("partner_in", "is a partner of"),
                                    ("subsidiary_of", "is a subsidiary of"),
                                    ("funds", "funds"),
                                    ("trains", "trains"),
                                    ("certifies", "certifies"),
                                    ("researches_with", "researches with"),
                                    ("proposes_with", "proposes with"),
                                    ("contracted_by", "is contracted by"),
                                ],
                                max_length=20,
                                verbose_name="kind of tie",
                            ),
                        ),
                        ("is_public", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checked", "Looked at, not taken yet"),
                                    ("taken", "Taken"),
                                    ("undone", "Taken back"),
                                ],
                                default="checked",
                                max_length=8,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tie_imports",
                                to="knowledge.source",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import of ties",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "checked"),
                                    ("taken_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="tieimport_dated_iff_taken",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "undone"),
                                    ("undone_at__isnull", True),
                                    _connector="XOR",
                                ),
                                name="tieimport_dated_iff_undone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TieRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("cells", models.JSONField(default=list)),
                        ("said", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "Recognised"),
                                    ("ambiguous", "Several could be meant"),
                                    ("unknown", "Not on the map"),
                                    ("faulty", "Cannot be read"),
                                    ("known", "Known already"),
                                    ("taken", "Tie taken"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("tail_candidates", models.JSONField(default=list)),
                        ("head_candidates", models.JSONField(default=list)),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("supplies", "supplies"),
                                    ("member_of", "is a member of"),
                                    ("partner_in", "is a partner of"),
                                    ("subsidiary_of", "is a subsidiary of"),
                                    ("funds", "funds"),
                                    ("trains", "trains"),
                                    ("certifies", "certifies"),
                                    ("researches_with", "researches with"),
                                    ("proposes_with", "proposes with"),
                                    ("contracted_by", "is contracted by"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("confidence", models.FloatField(default=1.0)),
                        ("source_name", models.CharField(blank=True, max_length=120)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("faults", models.JSONField(default=list)),
                        ("made_it", models.BooleanField(default=False)),
                        (
                            "head",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "relation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="rows",
                                to="knowledge.relation",
                            ),
                        ),
                        (
                            "tail",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="knowledge.actor",
                            ),
                        ),
                        (
                            "tie_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="knowledge.tieimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of ties",
                        "ordering": ["line"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tie_import", "line"), name="tierow_once_per_line"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="tierow_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name of the wave")),
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        ("closes_at", models.DateTimeField(verbose_name="closes")),
                        (
                            "reminder_days",
                            models.JSONField(
                                default=list, verbose_name="days after the invitation to remind"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("open", "Being answered"),
                                    ("closed", "Closed"),
                                ],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        ("looks", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "source",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wave",
                                to="knowledge.source",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waves",
                                to="knowledge.survey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wave",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("survey", "name"), name="wave_name_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="wave_closes_after_opening",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(search.make, search.drop),
        migrations.RunPython(keys.by_bytes, keys.by_language),
    ]
