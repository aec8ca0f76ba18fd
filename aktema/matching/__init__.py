"""Suggestions: which placements fit a person, and why."""
