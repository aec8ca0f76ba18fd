"""The step log: what happened on the way to work, and what comes next."""
