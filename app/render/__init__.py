"""Pictures as arrays: colors, maps and curves. NumPy only, so that a thread can paint."""
