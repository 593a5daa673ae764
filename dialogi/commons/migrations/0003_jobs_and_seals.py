"""Timetables and heartbeats for jobs, summaries for messages, digests that let a broken ledger row be named."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import dialogi.commons.clock
import dialogi.commons.encryption

STATES = [
    ("waiting", "waiting"),
    ("sent", "sent"),
    ("failed", "failed"),
    ("held", "kept for the daily summary"),
    ("gathered", "sent in a daily summary"),
]


class Migration(migrations.Migration):
    dependencies = [("commons", "0002_attachments")]

    operations = [
        migrations.CreateModel(
            name="ScheduledJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("next_at", models.DateTimeField(default=dialogi.commons.clock.now)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("last_run_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, help_text="failures since it last went well")),
                ("error", models.CharField(blank=True, default="", max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("worker", models.CharField(max_length=64, unique=True)),
                ("beat_at", models.DateTimeField(default=dialogi.commons.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="delivery",
            name="account",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="delivery",
            name="follow",
            field=models.ForeignKey(
                blank=True,
                help_text="the follow that it is sent for",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="commons.follow",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="gathered_in",
            field=models.ForeignKey(
                blank=True,
                help_text="the daily summary",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="gathered",
                to="commons.delivery",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="reason",
            field=dialogi.commons.encryption.EncryptedTextField(blank=True, default="", help_text="why the receiver gets it"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(choices=STATES, default="waiting", max_length=10),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="digest",
            field=models.CharField(default="", help_text="SHA-256 over everything above but the id", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="seal",
            name="leaves",
            field=models.TextField(default="", help_text="a line for each entry: its id and digest, so that the row that was touched can be named"),
            preserve_default=False,
        ),
    ]
