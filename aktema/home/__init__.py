"""Pages that put the slices together: today's work and a participant on one page."""
