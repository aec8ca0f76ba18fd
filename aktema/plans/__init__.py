"""Decisions, orders to providers, attendance and follow-ups."""
