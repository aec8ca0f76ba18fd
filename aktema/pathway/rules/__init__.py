"""Pure law of the way to work: schedules, cards, deadlines. Dates come in as arguments."""
