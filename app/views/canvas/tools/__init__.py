"""What a stroke on the canvas does: one class for each tool, one module for each family."""
