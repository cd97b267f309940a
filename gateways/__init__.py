"""Everything that touches the outside: the HTTP APIs, feeds, effects, pages and the command line."""
