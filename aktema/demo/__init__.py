"""A living municipality of invented people, filled in for demonstrations. It exists only in demo mode."""
