"""Turn text that was scraped without its markup into an article."""

from cleaners.dump.clean import clean_dump

__all__ = ["clean_dump"]
