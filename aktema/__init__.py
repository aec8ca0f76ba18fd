"""Aktema: from daglig verksamhet to work."""
