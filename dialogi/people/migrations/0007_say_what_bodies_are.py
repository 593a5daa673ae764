from django.db import migrations


def say(apps, schema_editor):
    """What was no body by law was a working group; whoever sits in a body is a member."""
    apps.get_model("people", "Body").objects.filter(is_statutory=False).update(kind="working_group")
    apps.get_model("people", "Seat").objects.filter(body__isnull=False, position="").update(position="member")


def unsay(apps, schema_editor):
    """The way back: whether a body is one by law, and seats without a position."""
    apps.get_model("people", "Body").objects.exclude(kind="statutory").update(is_statutory=False)
    apps.get_model("people", "Seat").objects.update(position="")


class Migration(migrations.Migration):
    # Rows apart from tables: PostgreSQL changes no table while changes of its rows are under way.
    dependencies = [
        ("people", "0006_kinds_of_bodies"),
    ]

    operations = [migrations.RunPython(say, unsay)]
