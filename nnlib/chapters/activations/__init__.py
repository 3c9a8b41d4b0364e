"""Everything of the chapter "Activations" that is not its notebook."""
