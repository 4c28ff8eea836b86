"""Scrapy extensions: what a crawl counts, says and waits for."""
