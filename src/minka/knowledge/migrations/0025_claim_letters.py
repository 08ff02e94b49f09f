"""Letters with codes that could not be sent. Undo: drop the column."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0024_bytewise_keys")]
    operations = [
        migrations.AddField(
            model_name="claim",
            name="code_failed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
