"""Participants, what they want and can, who speaks for them and who works with them."""
