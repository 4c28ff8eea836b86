"""Crawls at their times: what is due, one process a crawl, what became of each."""
