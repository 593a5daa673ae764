import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="kind",
            field=models.CharField(
                choices=[("statutory", "Body by law"), ("advisory", "Advisory council"), ("working_group", "Working group")],
                default="statutory",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="email",
            field=models.EmailField(blank=True, default="", max_length=254, verbose_name="e-mail address"),
        ),
        migrations.AddField(
            model_name="body",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="people.body",
                verbose_name="continued by",
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="position",
            field=models.CharField(
                blank=True,
                choices=[
                    ("chair", "Chair"),
                    ("vice_chair", "Vice chair"),
                    ("member", "Member"),
                    ("deputy_member", "Deputy member"),
                    ("secretary", "Secretary"),
                ],
                default="",
                max_length=20,
                verbose_name="in the body",
            ),
        ),
    ]
