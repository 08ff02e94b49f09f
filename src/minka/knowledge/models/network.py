"""What the public ties tell of the whole, kept each time it is reckoned."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NetworkRun(models.Model):
    """One reckoning of the network of public ties. `figures` are those of the whole, for ever.

    The standings and introductions of actors are kept of the newest run alone.
    """

    made_at = models.DateTimeField(auto_now_add=True)
    on_date = models.DateField()
    version = models.CharField(max_length=64)  # of the ties and actors it was reckoned from
    nodes = models.PositiveIntegerField(default=0)
    ties = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("network run")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.on_date} #{self.pk}"


class Community(models.Model):
    """A group of organisations that have more ties among themselves than with others.

    `number` is what it goes by from one run to the next; the marks (slugs of themes, names of
    regions) name it, unless the team has given it a name.
    """

    number = models.PositiveIntegerField(unique=True)
    marks = models.JSONField(default=list)  # [kind, key, Spanish, English] each, at most two
    given_es = models.CharField(_("name (Spanish)"), max_length=80, blank=True)
    given_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0)  # 0: it is no more
    first_seen = models.DateField()
    last_seen = models.DateField()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_seen__gte=F("first_seen")), name="community_seen_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.given_es or f"#{self.number}"


class Standing(models.Model):
    """Where one actor stands in the newest run; actors without a public tie have none."""

    run = models.ForeignKey(NetworkRun, models.CASCADE, related_name="standings")
    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="+")
    degree = models.PositiveIntegerField()
    betweenness = models.FloatField()
    betweenness_error = models.FloatField(default=0)
    closeness = models.FloatField()
    closeness_error = models.FloatField(default=0)
    core = models.PositiveIntegerField()
    community = models.ForeignKey(
        Community, models.SET_NULL, null=True, blank=True, related_name="standings"
    )
    coordinator = models.BigIntegerField(default=0)
    itinerant = models.BigIntegerField(default=0)
    gatekeeper = models.BigIntegerField(default=0)
    liaison = models.BigIntegerField(default=0)
    brokered = models.BigIntegerField(default=0)
    is_sampled_broker = models.BooleanField(default=False)
    external_internal = models.FloatField(null=True, blank=True)
    is_articulation = models.BooleanField(default=False)
    x = models.FloatField(default=0)
    y = models.FloatField(default=0)

    class Meta:
        verbose_name = _("standing in the network")
        constraints = [
            models.UniqueConstraint(fields=["run", "actor"], name="standing_once_per_run"),
        ]
        indexes = [
            models.Index(fields=["run", "-betweenness"], name="standing_by_betweenness"),
            models.Index(fields=["run", "-degree"], name="standing_by_degree"),
            models.Index(fields=["run", "-brokered"], name="standing_by_brokerage"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} @ {self.run_id}"


class Introduction(models.Model):
    """Two actors without a public tie who have much in common, and what it is.

    `common` are the pks of actors that both know, `shared` those of themes that both bear, the
    most telling first. `rank` is that in the whole network, 0 for those only of one's own list.
    """

    run = models.ForeignKey(NetworkRun, models.CASCADE, related_name="introductions")
    one = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="+")
    other = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="+")
    score = models.FloatField()
    rank = models.PositiveIntegerField(default=0)
    common = models.JSONField(default=list)
    shared = models.JSONField(default=list)

    class Meta:
        verbose_name = _("introduction")
        constraints = [
            models.UniqueConstraint(fields=["run", "one", "other"], name="introduction_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="introduction_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"
