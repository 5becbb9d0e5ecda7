"""What Planar says to the person when something that they asked for cannot be done."""


class UserError(Exception):
    """A request that cannot be met; its text is one sentence for the person.

    The sentence says what is wrong, where, and what is accepted. The command line prints it on
    standard error and ends with status 2; the window shows it in its message area. Anything else
    that is raised is a fault of the program.
    """
