"""Employers, their workplaces and the placements they offer."""
