"""Everything of the chapter "A complete image classifier" but its notebook."""
