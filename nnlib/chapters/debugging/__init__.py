"""The room of the page "A debugging laboratory"."""
