"""The mark of the map's edition, and its one row."""

from __future__ import annotations

import uuid

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def begin(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("agencies", "Edition").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.UUIDField(default=uuid.uuid4, verbose_name="dấu của danh mục")),
            ],
            options={"verbose_name": "ấn bản danh mục"},
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
