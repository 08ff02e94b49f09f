"""What resolution remembers of the rows it has seen, so that it need not read them again."""

from django.db import models


class LinkageKey(models.Model):
    """A key by which rows of an actor are found again: who shares one with a new row is compared.

    Keys, regions and beginnings of names are checksums: one shared by chance costs a comparison.
    The actor is the one that the row was of when it was remembered; `Actor.merged_into` leads to
    the one it is of now, so that a merge and its undoing change nothing here. No foreign key: the
    keys of actors that are gone lead nowhere, and cost nothing to leave.
    """

    key = models.IntegerField()
    region = models.IntegerField()
    start = models.IntegerField()
    actor_key = models.BigIntegerField()

    class Meta:
        verbose_name = "linkage key"
        indexes = [models.Index(fields=["actor_key"], name="linkagekey_by_actor")]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "region", "start", "actor_key"], name="linkagekey_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.actor_key}"


class LinkageWord(models.Model):
    """In how many names a word occurs, and in how many rows; the empty word counts names."""

    word = models.CharField(max_length=120, primary_key=True)
    names = models.PositiveIntegerField()
    seen = models.PositiveIntegerField()

    class Meta:
        verbose_name = "linkage word"
        indexes = [models.Index(fields=["names"], name="linkageword_by_names")]

    def __str__(self) -> str:
        return self.word


class LinkageSheet(models.Model):
    """What only all rows of a sheet tell: where its names are cut, and how often it repeats."""

    sheet_import = models.OneToOneField(
        "knowledge.SheetImport", models.CASCADE, primary_key=True, related_name="+"
    )
    cut = models.PositiveSmallIntegerField()
    repeating = models.CharField(max_length=8)

    class Meta:
        verbose_name = "linkage sheet"

    def __str__(self) -> str:
        return f"{self.sheet_import_id}: {self.repeating}"
