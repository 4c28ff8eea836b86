"""A small newsroom on the loopback interface: real HTTP for a crawl without the internet."""
