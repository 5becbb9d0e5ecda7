"""Files: points as tables, sessions, exported parameters. Written whole or not at all."""
