"""The shared words: scale, dimensions, activities, adaptations, and the places people live and work in."""
