"""How many bytes a reader downloads for a page, compressed as a usual server compresses them."""

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

MB = 1_000_000
COMPRESSED_ALREADY = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff", ".woff2"}


@cache
def compressed(path):
    """Bytes of one file on its way to the reader: gzip at the usual level 6, pictures as is."""
    data = Path(path).read_bytes()
    return len(data) if path.suffix in COMPRESSED_ALREADY else len(gzip.compress(data, 6, mtime=0))


def files_of(requests, built):
    """The files of the site behind a page's requests, each once."""
    names = {unquote(urlsplit(url).path).lstrip("/") or "index.html" for url in requests}
    return sorted(built / name for name in names if (built / name).is_file())


def is_shared(path, built):
    """Whether many pages use a file: theme, scripts, search; as against this page's own parts."""
    return path.relative_to(built).parts[0] in {"_static", "searchindex.js"}


def weigh(requests, built):
    """Compressed bytes of a page: (shared with other pages, its own)."""
    files = files_of(requests, built)
    shared = sum(compressed(f) for f in files if is_shared(f, built))
    return shared, sum(compressed(f) for f in files) - shared


def heaviest(requests, built, *, shared, count=4):
    """The largest files of a page in words, for a message that says where the bytes are."""
    files = [f for f in files_of(requests, built) if is_shared(f, built) == shared]
    files.sort(key=compressed, reverse=True)
    return ", ".join(f"{f.relative_to(built)} {compressed(f) / 1000:.0f} kB" for f in files[:count])
