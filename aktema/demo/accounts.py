"""The units and those who work in them. All share one password, which is why they exist in demo mode only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from aktema.access.models import Account, Membership, Unit
from aktema.access.passwords import hash_password
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.swedish import sort_key, to_ascii
from aktema.demo import content
from aktema.demo.days import at

PASSWORD = "gott kaffe i Ekbacka"  # noqa: S105  # printed at every start: the demo's people are invented
DOMAIN = "ekbacka.example"
PROVIDERS = {"municipal": "Ekbacka kommun", "private": "Lönnlövet Omsorg"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """The stored units and accounts, by the keys of the demo's content."""

    units: Mapping[str, Unit]
    accounts: Mapping[str, Account]

    def with_role(self, role: Role, unit: str | None = None) -> Sequence[Account]:
        """Those who hold the role, in the unit where one is named, in the order of the content."""
        held = (one for one in content.staff() if one.role == role and unit in (None, one.unit))
        return [self.accounts[one.key] for one in held]


def email_of(name: str) -> str:
    """The invented address of somebody who works for the municipality."""
    return f"{to_ascii(name.lower()).replace(' ', '.')}@{DOMAIN}"


def add_staff(began: date) -> Staff:
    """The units and everybody's account, as of a day when the municipality began with Aktema."""
    opened = at(began, time(8))
    units = {
        unit.key: Unit(
            name=unit.name,
            sort_key=sort_key(unit.name),
            kind=unit.kind,
            provider=PROVIDERS[unit.kind],
            created_at=opened,
        )
        for unit in content.units()
    }
    password_hash = hash_password(PASSWORD)
    accounts = {
        one.key: Account(
            email=email_of(one.name),
            name=one.name,
            sort_key=sort_key(one.name),
            password_hash=password_hash,
            created_at=opened,
            memberships=[
                Membership(
                    role_code=one.role,
                    unit=units[one.unit] if one.unit else None,
                    from_date=began,
                    created_at=opened,
                )
            ],
        )
        for one in content.staff()
    }
    db.session.add_all([*units.values(), *accounts.values()])
    db.session.flush()  # what follows refers to them by id
    return Staff(units=units, accounts=accounts)
