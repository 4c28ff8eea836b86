"""Commands of the project, beside Scrapy's own: one module each, named after the command."""
