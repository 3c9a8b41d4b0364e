"""Everything of the chapter "Architectures" that is not its notebook."""
