"""Numbers of natural persons are found only where the whole number is typed, not by its beginning.

The tokens of the documents that hold one are written anew; undo leaves them, and what they say is
found again after `minka reindex`.
"""

from django.db import migrations

from minka.methods.identifiers import of_person
from minka.methods.search.numbers import number_tokens
from minka.methods.search.analyser import surface
from minka.methods.text import search_key

CHUNK = 2000


def mark(apps, _schema_editor):
    documents = apps.get_model("knowledge", "SearchDocument")._default_manager
    numbers = apps.get_model("knowledge", "Identifier")._default_manager.order_by("pk")
    for owner, scheme, value in numbers.values_list("actor_id", "scheme", "value").iterator(CHUNK):
        if not of_person(scheme, value):
            continue
        before = {surface(word) for word in search_key(value).split()}
        for document in documents.filter(pk=owner):
            kept = [one for one in document.surfaces.split() if one not in before]
            document.surfaces = " ".join([*kept, *number_tokens(scheme, value)])
            document.save(update_fields=["surfaces"])


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0015_review_gain")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
