"""Find articles: in feeds, sitemaps and section pages."""
