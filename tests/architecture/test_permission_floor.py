"""What the permission table of docs/permissions.csv allows staff is allowed, for every row that is built."""

import pytest

from aktema.access.policy import Permission
from aktema.access.roles import STAFF_ROLES
from aktema.app import PERMISSIONS
from tests.architecture.test_permissions import ADDED, floor


def rows_for_staff() -> list[Permission]:
    """A participant's own pages have rights of their own on the same rows: nobody of staff has those."""
    return [p for p in PERMISSIONS if p.code not in ADDED and STAFF_ROLES & p.grants.keys()]


@pytest.mark.parametrize("permission", rows_for_staff(), ids=lambda p: p.code)
def test_no_role_of_staff_has_less_than_the_floor_says(permission: Permission) -> None:
    rows = floor()[permission.resource, permission.action, permission.fields]
    allowed = {role for role, row in rows.items() if row["effect"] in ("allow", "masked")}
    staff, granted = {role.value for role in STAFF_ROLES}, {role.value for role in permission.grants}
    assert (allowed & staff) - granted == set()
