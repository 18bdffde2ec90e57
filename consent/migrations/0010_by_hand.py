from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0009_said_since'),
    ]

    operations = [
        migrations.AlterField(
            model_name='shared',
            name='document',
            field=models.CharField(choices=[('submission', 'The referral'), ('copy', 'PDF copy'), ('addendum', 'Addendum'), ('answer', 'Answer to a question'), ('more', 'The rest of the referral'), ('file', 'File'), ('family', 'Copy for the family'), ('outside', 'Copy to hand over'), ('partner', 'Request on paper'), ('email', 'E-mail without content')], max_length=12),
        ),
    ]
