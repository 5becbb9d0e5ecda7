"""The network: every unit a small live map, every weight a line."""
