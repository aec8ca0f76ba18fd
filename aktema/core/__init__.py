"""Framework glue that knows no word of the domain."""
