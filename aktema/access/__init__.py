"""Who is let in: accounts, roles, units, sessions, permissions, and the trace of every use."""
