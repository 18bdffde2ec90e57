import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0008_whose_word_counts'),
        ('referrals_record', '0014_unsent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SaidSince',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('where', models.CharField(choices=[('answer', 'An answer to the front door'), ('advice', "Advice of the agency's desk"), ('partner', 'What a partner agency was asked or gave'), ('disagreement', 'Grounds of a disagreement'), ('withdrawal', 'Why it is to be withdrawn')], max_length=20)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said_since', to='referrals_record.referral')),
            ],
            options={
                'verbose_name_plural': 'said since',
                'ordering': ['id'],
            },
        ),
    ]
