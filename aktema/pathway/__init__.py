"""From a suggestion to a trial: introductions and the person's own answer."""
