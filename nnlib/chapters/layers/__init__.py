"""Everything of the chapter "Layers" that is not its notebook."""
