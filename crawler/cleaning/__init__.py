"""Clean what a user hands over on the command line: files, folders, dumps, addresses, a pipe."""
