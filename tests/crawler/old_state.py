"""The tables of version 1 of the state, as that version made them, with a row or more each."""

from sqlalchemy import Connection

TEXTS = {
    "articles": "source canonical url path digest",
    "links": "source url origin listing published title status reason discovered finished",
    "aliases": "source url",
    "fetches": "source link url fetched file digest",
}
NUMBERS = {
    "articles": "fingerprint BIGINT, words INTEGER NOT NULL, versions INTEGER NOT NULL,"
    " band0 INTEGER, band1 INTEGER, band2 INTEGER, band3 INTEGER,"
    " CONSTRAINT uq_articles_source_canonical UNIQUE (source, canonical)",
    "links": "attempts INTEGER NOT NULL, article_id INTEGER,"
    " CONSTRAINT uq_links_source_url UNIQUE (source, url),"
    " CONSTRAINT fk_links_article_id FOREIGN KEY(article_id) REFERENCES articles (id)",
    "aliases": "article_id INTEGER NOT NULL,"
    " CONSTRAINT uq_aliases_source_url UNIQUE (source, url),"
    " CONSTRAINT fk_aliases_article_id FOREIGN KEY(article_id) REFERENCES articles (id)",
    "fetches": 'status INTEGER NOT NULL, "offset" BIGINT NOT NULL, length BIGINT NOT NULL',
}
INDEXES = (
    *(f"articles_source_band{number} ON articles (source, band{number})" for number in range(4)),
    "fetches_source_link ON fetches (source, link)",
    "links_source_status ON links (source, status)",
    "aliases_article_id ON aliases (article_id)",
)
ROWS = """
INSERT INTO articles VALUES (1, 'bugle', 'https://ex.com/a', 'https://ex.com/a', 'articles/a.txt',
    'd1', -1, 100, 2, 65535, 65535, 65535, 65535);
INSERT INTO links VALUES (1, 'bugle', 'https://ex.com/a', 'feed', 'https://ex.com/feed',
    '2026-11-03', 'A', 'written', '', '2026-11-03T10:00:00+00:00', '2026-11-03T10:00:09+00:00',
    0, 1);
INSERT INTO links VALUES (2, 'bugle', 'https://ex.com/b', 'feed', 'https://ex.com/feed',
    '2026-11-02', 'B', '', 'timeout', '2026-11-03T10:00:00+00:00', '', 2, NULL);
INSERT INTO links VALUES (3, 'bugle', 'https://ex.com/c', 'urls', '', '', '', 'refused',
    'NoContentError: x', '2026-11-03T10:00:00+00:00', '2026-11-03T11:00:00+00:00', 0, NULL);
INSERT INTO aliases VALUES (1, 'bugle', 'https://ex.com/a', 1);
INSERT INTO fetches VALUES (1, 'bugle', 'https://ex.com/a', 'https://ex.com/a',
    '2026-11-03T10:00:05.250000+00:00', 'archive/a.warc.gz', 'd2', 200, 0, 9)
"""


def make(connection: Connection) -> None:
    """Make the tables and enter the rows."""
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER NOT NULL"
    connection.exec_driver_sql("CREATE TABLE schema (version INTEGER NOT NULL)")
    connection.exec_driver_sql("INSERT INTO schema VALUES (1)")
    for table, names in TEXTS.items():
        columns = ", ".join(f"{name} VARCHAR NOT NULL" for name in names.split())
        connection.exec_driver_sql(
            f"CREATE TABLE {table} (id {number}, {columns}, {NUMBERS[table]},"
            f" CONSTRAINT pk_{table} PRIMARY KEY (id))"
        )
    for index in INDEXES:
        connection.exec_driver_sql(f"CREATE INDEX ix_{index}")
    for row in ROWS.split(";"):
        connection.exec_driver_sql(row)
