"""What the vocabulary slice lets whom do."""

from aktema.access.policy import Audit, Grant, Permission, Scope, same_for
from aktema.access.roles import STAFF_ROLES

# The founders' table has no row for the shared words: they are about nobody and all staff work with them.
READ_VOCABULARY = Permission(
    code="vocabulary.read",
    resource="vocabulary",
    action="read",
    fields="words, levels, occupations",
    audit=Audit.NONE,
    grants=same_for(STAFF_ROLES, Grant(Scope.TENANT)),
)
PERMISSIONS: tuple[Permission, ...] = (READ_VOCABULARY,)
