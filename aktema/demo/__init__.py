"""A living, invented municipality to try the product on."""
