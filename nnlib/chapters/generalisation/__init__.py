"""Everything of the chapter "Generalisation" that is not its notebook."""
