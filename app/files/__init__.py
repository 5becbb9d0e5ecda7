"""Files: atomic writing, exports of parameters, tables of points, sessions.

What arrives from a disk is not trusted: whatever a file holds, reading it gives a checked value or
one `UserError` that names the file, what is wrong with it, and what is accepted.  What is written
is read back and compared before it takes the place of an older file.
"""
