"""Pictures as arrays: colours, maps and curves. NumPy only, so that a thread can paint."""
