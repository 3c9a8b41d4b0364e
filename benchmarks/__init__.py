"""Speed of a training step, as ratios measured side by side: ``make bench``."""
