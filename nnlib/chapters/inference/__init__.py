"""The room of the chapter "Training versus inference"."""
