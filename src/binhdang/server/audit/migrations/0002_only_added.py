"""The database itself refuses to change or remove an event; only the sealer's number may be set, once."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_COLUMNS = [
    "id",
    "at",
    "verb",
    "person",
    "post_agency",
    "address",
    "door",
    "kind",
    "subject",
    "agency",
    "parent",
    "reason",
    "before",
    "after",
]

_SQLITE = (
    "CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'events are never removed'); END",
    "CREATE TRIGGER audit_event_unchanged BEFORE UPDATE ON audit_event WHEN OLD.batch IS NOT NULL OR "
    + " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in _COLUMNS)
    + " BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER audit_batch_kept BEFORE DELETE ON audit_batch "
    "BEGIN SELECT RAISE(ABORT, 'seals are never removed'); END",
    "CREATE TRIGGER audit_batch_unchanged BEFORE UPDATE ON audit_batch "
    "BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events and seals are never changed or removed'; END $$",
    "CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_event_unchanged BEFORE UPDATE ON audit_event FOR EACH ROW WHEN (OLD.batch IS NOT NULL OR ("
    + ", ".join(f'OLD."{name}"' for name in _COLUMNS)
    + ") IS DISTINCT FROM ("
    + ", ".join(f'NEW."{name}"' for name in _COLUMNS)
    + ")) EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_batch_kept BEFORE DELETE OR UPDATE ON audit_batch "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
)


def _guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement, params=None)


def _unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = editor.connection.vendor == "postgresql"
    for name in ("event_kept", "event_unchanged", "batch_kept", "batch_unchanged"):
        table = f" ON audit_{name.partition('_')[0]}" if postgresql else ""
        editor.execute(f"DROP TRIGGER IF EXISTS audit_{name}{table}", params=None)
    if postgresql:
        editor.execute("DROP FUNCTION audit_refuse()", params=None)


class Migration(migrations.Migration):
    """Guards on the tables."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(_guard, _unguard)]
