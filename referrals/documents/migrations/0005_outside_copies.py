import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals_documents', '0004_recorded_since'),
        ('referrals_record', '0014_unsent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutsideCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('area', models.CharField(max_length=60)),
                ('front_door', models.CharField(max_length=60)),
                ('recipient', models.CharField(max_length=300)),
                ('need', models.JSONField()),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('renderer', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outside_copies', to='referrals_record.submission')),
            ],
            options={
                'verbose_name': 'copy to hand over',
                'verbose_name_plural': 'copies to hand over',
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='outsidecopy',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='outside_copy_has_a_digest'),
        ),
    ]
