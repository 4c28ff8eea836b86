"""Read WARC files of whatever origin: streamed, checked, one bad record at a time."""

from crawler.warc.reader import WarcRecord, read_records

__all__ = ["WarcRecord", "read_records"]
