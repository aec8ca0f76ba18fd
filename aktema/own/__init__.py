"""Min sida: the participant's own pages, and what a representative sees of them."""
