from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals_exchange", "0001_exchange")]

    operations = [
        migrations.AddField(
            model_name="webhook",
            name="secret_confirmed",
            field=models.BooleanField(default=True),
        ),
    ]
