"""Clean the archive again: what a crawl of the same bytes would write with today's rules."""
