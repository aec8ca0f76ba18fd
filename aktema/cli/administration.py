"""`migrate` and `create-admin`: what an operator does before the first sign-in and after an upgrade."""

from argparse import Namespace, _SubParsersAction
from typing import Any

from aktema.access.operations import create_account, new_invitation
from aktema.access.roles import Role
from aktema.cli.installation import installation, prepare_database
from aktema.core.db import db


def add_to(commands: "_SubParsersAction[Any]") -> None:
    migrate = commands.add_parser("migrate", help="bring the database to the newest version")
    migrate.set_defaults(command=run_migrate)
    admin = commands.add_parser(
        "create-admin", help="make a system administrator's account and print its invitation link"
    )
    admin.add_argument("--name", required=True)
    admin.add_argument("--email", required=True)
    admin.set_defaults(command=run_create_admin)


def run_migrate(_arguments: Namespace) -> int:
    with installation().app_context():
        prepare_database()
    print("The database is at the newest version.")
    return 0


def run_create_admin(arguments: Namespace) -> int:
    app = installation()
    with app.app_context():
        account = create_account(
            name=arguments.name, email=arguments.email, role=Role.SYSTEM_ADMIN, unit_id=None
        )
        token = new_invitation(account)
        db.session.commit()
    print(f"Open this link once to choose a password: {app.extensions['settings'].base_url}/inbjudan/{token}")
    return 0
