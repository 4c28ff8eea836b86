"""``scrapy rebuild``, in processes of its own."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.lock import site_lock
from crawler.rebuild.site import Rebuild
from crawler.rebuild.writing import write
from tests.crawler.newspaper import article
from tests.crawler.rebuilding import FETCHED, Corpus
from tests.crawler.storing import a_crawler

Scrapy = Callable[..., int]
Output = pytest.CaptureFixture[str]
