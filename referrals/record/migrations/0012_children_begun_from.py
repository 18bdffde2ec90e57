import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals_record', '0011_kept_from_family'),
    ]

    operations = [
        migrations.AddField(
            model_name='child',
            name='begun_from',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='begun', to='referrals_record.child'),
        ),
    ]
