"""Addresses of service points in each language, and how accessible they are."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def copy_addresses(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The one address there was stands in both languages until somebody writes the other."""
    apps.get_model("services", "ServicePoint").objects.update(address_sv=F("street_address"), address_fi=F("street_address"))


class Migration(migrations.Migration):
    dependencies = [("services", "0001_first")]
    operations = [
        *(
            migrations.AddField(model_name="servicepoint", name=f"address_{language}", field=models.CharField(blank=True, default="", max_length=200))
            for language in ("sv", "fi", "en")
        ),
        *(
            migrations.AddField(model_name="servicepoint", name=f"access_{language}", field=models.TextField(blank=True, default=""))
            for language in ("sv", "fi", "en")
        ),
        migrations.RunPython(copy_addresses, migrations.RunPython.noop),
        migrations.RemoveField(model_name="servicepoint", name="street_address"),
    ]
