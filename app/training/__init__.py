"""The worker thread that trains, its mailbox, and the session that speaks to it."""
