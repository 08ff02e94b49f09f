"""What search looks into: one document per living actor, the words that occur, the phrases."""

from django.db import models


class SearchDocument(models.Model):
    """The roots of an actor's texts by field, and its names as plain keys, one a line.

    Full text stands on it: FTS5 with triggers on SQLite, a `tsvector` on PostgreSQL (migration
    0011). Written by `actions.search_index` alone.
    """

    actor = models.OneToOneField(
        "knowledge.Actor", models.CASCADE, primary_key=True, related_name="search_document"
    )
    titles = models.TextField()
    names = models.TextField()
    offers = models.TextField(blank=True)
    words = models.TextField(blank=True)
    places = models.TextField(blank=True)
    surfaces = models.TextField(blank=True)
    size = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "search document"
        # thousands are put in order by their size for one question: without their texts
        indexes = [models.Index(fields=["actor", "size"], name="searchdocument_by_size")]

    def __str__(self) -> str:
        return self.titles.partition("\n")[0]


class SearchWord(models.Model):
    """How many documents came to have a root, or ceased to: the sum of its rows counts.

    Rows are only added, so that no two writers wait for each other; rebuilding sums them up. The
    empty root counts the documents.
    """

    root = models.CharField(max_length=64)
    backwards = models.CharField(max_length=64)
    change = models.IntegerField()

    class Meta:
        verbose_name = "search word"
        indexes = [
            models.Index(fields=["root", "change"], name="searchword_by_root"),
            models.Index(fields=["backwards", "root", "change"], name="searchword_backwards"),
        ]

    def __str__(self) -> str:
        return self.root


class SearchPhrase(models.Model):
    """The roots of a label or synonym of a theme: all phrases of a theme mean the same."""

    theme = models.ForeignKey("knowledge.Theme", models.CASCADE, related_name="+")
    phrase = models.CharField(max_length=250, db_index=True)

    class Meta:
        verbose_name = "search phrase"
        constraints = [
            models.UniqueConstraint(fields=["theme", "phrase"], name="searchphrase_once"),
        ]

    def __str__(self) -> str:
        return self.phrase
