"""Letters of invitations to state problems that could not be sent. Undo: drop the column."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("innovation", "0028_agreements")]
    operations = [
        migrations.AddField(
            model_name="intakeinvitation",
            name="failed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
