"""Accounts, roles, units, sessions, permissions and the trace of every reading: the lowest slice with words of its own."""
