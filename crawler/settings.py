"""Scrapy settings; what is not set here is Scrapy's default.

Every one can be given on the command line with ``-s NAME=VALUE``. The environment is read here
and nowhere else.
"""

import atexit
import gc
import os

# before all else: while it loads, Scrapy reads the whole stack of imports, each frame against every
# module there is: .3 s of the 2 that a command takes to start, if it comes last
import scrapy.core.downloader.handlers.http11  # noqa: F401
from scrapy.settings import default_settings

atexit.register(gc.freeze)  # else Python looks through all that is loaded for garbage, for .17 s

BOT_NAME = "dateline"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# Output
DATA_DIR = "data"
TEXT_HEADER = "yaml"  # yaml, date or none
STATE_URL = ""  # SQLAlchemy URL; empty: SQLite, state.db in DATA_DIR
ARCHIVE_MAX_BYTES = 1 << 30  # of one archive file
MIN_FREE_BYTES = 1 << 30  # a crawl ends in order where less is free in DATA_DIR
ITEM_PIPELINES = {"crawler.pipelines.StoringPipeline": 100}

# Politeness
CONTACT = os.environ.get("DATELINE_CONTACT", "")
"""Address or mailbox that site operators can turn to; goes into the user agent."""

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = BOT_NAME
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0  # seconds
CRAWL_DELAY_MAX = 120.0  # seconds; some robots.txt ask for days, which would never end
BLOCKED_LIMIT = 10  # refusals in a row (401, 403, 429, …) after which a host is left alone
HOST_FAILURES = 6  # requests without an answer in a row after which a host is left alone
HOST_BUDGET = 100_000  # requests to one host in one crawl; more than a day at one a second
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
AUTOTHROTTLE_MAX_DELAY = 60.0  # seconds
REFERER_ENABLED = False  # by no policy alone: a site's own would count for more

# Size and time
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes, unpacked
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 20  # seconds for the whole response
DNS_TIMEOUT = 10  # seconds
RETRY_TIMES = 1
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider reports each page that did not come, once
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # a page that reloads itself every 30 s would never be saved
STALL_LIMIT = 600  # seconds without any progress, beyond CRAWL_DELAY_MAX, that end a crawl
MEMUSAGE_LIMIT_MB = 1024
MEMUSAGE_CHECK_INTERVAL_SECONDS = 5.0

# Scrapy drops what passes these without a word. The pages of one article are all that has a
# depth, and `cleaners` counts them; AddressMiddleware refuses long addresses by name.
DEPTH_LIMIT = 0
URLLENGTH_LIMIT = 0

# Discovery
SITEMAP_LIMIT = 50  # sitemaps a run
LISTING_LIMIT = 500  # links of one feed, sitemap or section page, the newest first
SITEMAP_MAXSIZE = 50 * 1024 * 1024  # bytes, unpacked; the limit of sitemaps.org
SECTION_LIMIT = 20  # section pages a run, where a site has neither feed nor sitemap

# The next crawl
POLL = ""  # always or adaptive; empty: adaptive in crawls that the schedule starts
POLL_MIN = 900  # seconds between two times that a listing is asked, at least
POLL_MAX = 21_600  # seconds, at most
POLL_WHOLE_DAYS = 7  # a listing is read whole as often, whatever the server says of it
UPDATES = True  # pages that changed by the word of a listing are fetched again
UPDATES_DAYS = 7  # of those that were published so many days ago, or later

# Extraction
CONCURRENT_ITEMS = 1  # a page is one item; Scrapy starts as many tasks for each response
PAGES_IN_FLIGHT = 32  # pages asked for and not yet stored; what memory a crawl takes hangs on it
EXTRACTION_PROCESSES = 0  # 0: as many as the processors keep busy, see crawler/limits.py
EXTRACTION_CPU = 10  # seconds of CPU time for a page
EXTRACTION_TIMEOUT = 60  # seconds on the wall; 8 s lost good pages on a busy machine
EXTRACTION_MEMORY_MB = 2048  # address space of one process

# The spider gives pages to the scheduler newest first; Scrapy's own queue would turn that round
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# The spider sees to it that no page is asked for twice; Scrapy's filter would drop a redirect to
# a page seen before without a word, and its link would stay unfinished for ever
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# Schedule
SCHEDULE: list[dict[str, object]] = []
"""Which site is crawled when: docs/schedules.md."""

SCHEDULE_JOBS = 2  # crawls at once, each of another site
SCHEDULE_GRACE = 60  # seconds that a crawl over its budget has to end in order

ALLOW_INTERNAL: list[str] = []
"""``host:port`` of servers with an internal address that may be reached all the same: tests."""

ALLOW_PORTS: list[int] = []
"""Ports besides 80 and 443 that any server may be asked at."""

TWISTED_DNS_RESOLVER = "crawler.resolver.PublicResolver"

DOWNLOADER_MIDDLEWARES = {
    # below 100, where the robots.txt middleware makes requests of its own
    "crawler.middlewares.addresses.AddressMiddleware": 40,
    "crawler.middlewares.hosts.HostMiddleware": 45,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.blocked.BlockedMiddleware": 560,  # above 550, where answers are retried
    "crawler.middlewares.machine.MachineMiddleware": 570,  # the same
    "crawler.middlewares.endings.EndMiddleware": 580,  # where bodies are unpacked
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.middlewares.redirects.NamedOffsiteMiddleware": 50,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.redirects.NamedRedirectMiddleware": 600,
    "crawler.middlewares.whole.WholeMiddleware": 595,  # where gzip bodies are still packed
    # above all that look at a response: one from an internal address is not even unpacked
    "crawler.middlewares.addresses.PeerMiddleware": 890,
}
# Depth has no limit, and no request is made of another one's ``meta``
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloading.BoundedHandler",
    "https": "crawler.downloading.BoundedHandler",
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}

# taken out, not turned off: Scrapy loads what is off, and RemoteControl has a web server with it
EXTENSIONS_BASE = {
    path: order
    for path, order in default_settings.EXTENSIONS_BASE.items()
    if path
    not in {
        "scrapy.extensions.logstats.LogStats",  # Progress says it in articles
        "scrapy.extensions.telnet.TelnetConsole",
        "scrapy.extensions.remote_control.RemoteControl",
    }
}
EXTENSIONS = {
    "crawler.extensions.lock.SiteLock": -100,  # before anything that opens what it protects
    "crawler.extensions.machine.Machine": -90,
    "crawler.extensions.runs.Runs": 4,
    "crawler.extensions.evidence.Evidence": 5,
    "crawler.extensions.delay.CrawlDelay": 10,  # after AutoThrottle, to have the last word
    "crawler.extensions.progress.Progress": 20,
    "crawler.extensions.records.PlainRecords": 30,
    "crawler.extensions.watchdog.Watchdog": 40,
    "crawler.extensions.collector.Collector": 50,
}

# Off
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # on by default since Scrapy 2.18: a local server that runs code
COOKIES_ENABLED = False

# Log
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.logformat.OneLineFormatter"
LOG_VERSIONS: list[str] = []
LOG_FORMAT = "%(asctime)s %(levelname)s: %(message)s"
LOGSTATS_INTERVAL = 60.0  # seconds between two lines of progress where there is no terminal
STATS_DUMP = False
