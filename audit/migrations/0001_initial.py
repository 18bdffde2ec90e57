"""Entries, seals, and the triggers that keep their writers honest."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models


# Whatever an INSERT says, the entry's time is the database's clock at that moment: nobody who can only insert backdates.
STAMP = """
CREATE FUNCTION audit_entry_stamp() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_stamp BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_stamp();
"""

# Runs with the owner's rights, since nobody else may write to audit_unsealed; hence the fixed search path and the
# schema taken from the trigger's own table, so that no temporary table can stand in.
QUEUE = """
CREATE FUNCTION audit_entry_queue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO %I.audit_unsealed (entry_id) VALUES ($1)', TG_TABLE_SCHEMA) USING NEW.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_entry_queue() FROM PUBLIC;
CREATE TRIGGER audit_entry_queue AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_queue();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        # For the index on names; trusted since PostgreSQL 13, so the owner of the database may create it.
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry_id', models.BigIntegerField(unique=True)),
                ('entry_digest', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('sealed_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unsealed',
            fields=[
                ('entry_id', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name_plural': 'unsealed',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=200)),
                ('agency_id', models.UUIDField(null=True)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), default=list, size=None)),
                ('verb', models.CharField(max_length=100)),
                ('subject_type', models.CharField(max_length=100)),
                ('subject_id', models.CharField(blank=True, max_length=64)),
                ('outcome', models.CharField(choices=[('allowed', 'Allowed'), ('refused', 'Refused')], max_length=7)),
                ('rule', models.CharField(blank=True, max_length=100)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['subject_id', '-id'], name='audit_entry_subject'), models.Index(fields=['actor_id', '-id'], name='audit_entry_actor'), models.Index(fields=['verb', '-id'], name='audit_entry_verb'), django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='audit_entry_at'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('actor_name'), name='gin_trgm_ops'), name='audit_entry_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'allowed'), ('rule', '')), models.Q(('outcome', 'refused'), models.Q(('rule', ''), _negated=True)), _connector='OR'), name='audit_entry_refused_by_a_rule')],
            },
        ),
        migrations.RunSQL(
            STAMP, "DROP TRIGGER audit_entry_stamp ON audit_entry; DROP FUNCTION audit_entry_stamp()"
        ),
        migrations.RunSQL(
            QUEUE, "DROP TRIGGER audit_entry_queue ON audit_entry; DROP FUNCTION audit_entry_queue()"
        ),
    ]
