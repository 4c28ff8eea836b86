"""Spiders: one a site, which says where the site's articles are found, and two for any site."""
