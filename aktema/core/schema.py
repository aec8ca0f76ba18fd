"""The database's schema: moved by numbered migrations, compared with the models."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from aktema.core.db import Base, db
from aktema.core.paths import MIGRATIONS


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration; it reads no file."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(target: str = "head") -> None:
    """Move the schema up to a revision. Needs an app context."""
    with db.engine.connect() as connection:
        command.upgrade(config(connection), target)


def downgrade(target: str) -> None:
    """Move the schema down to a revision. Needs an app context."""
    with db.engine.connect() as connection:
        command.downgrade(config(connection), target)


def is_current(connection: Connection) -> bool:
    """Whether the database stands at the newest revision."""
    at = MigrationContext.configure(connection).get_current_revision()
    return at == ScriptDirectory.from_config(config()).get_current_head()


def drift(connection: Connection) -> list[object]:
    """What differs between the models and the database; empty where nothing does."""
    return list(
        compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)
    )
