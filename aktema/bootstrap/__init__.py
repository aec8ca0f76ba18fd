"""From a bare Python to a running Aktema: environments, front-end files, the tests and what they need."""
