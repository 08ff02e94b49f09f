"""Documents can be put in order by their size without reading their texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0020_linkage_memory"), ("knowledge", "0021_numbers_of_people")]
    operations = [
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["actor", "size"], name="searchdocument_by_size"),
        ),
    ]
