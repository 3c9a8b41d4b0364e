"""What holds for every page of the built book, read from its files; tests/browser runs them."""

import functools
import json
import re

import yaml
from bs4 import BeautifulSoup
from built_book import BOOK, HTML, ROOT, pages, style_urls

CORE_WIDGETS = {"@jupyter-widgets/base", "@jupyter-widgets/controls", "@jupyter-widgets/output"}


@functools.cache
def source_pages():
    """The pages that are sources in book/, as names of built files."""
    sources = [*BOOK.glob("*.ipynb"), *BOOK.glob("*.md"), *BOOK.glob("api/*.md")]
    return {p.relative_to(BOOK).with_suffix(".html").as_posix() for p in sources}


def test_every_source_is_in_the_table_of_contents_and_built():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = {toc["root"]}

    def collect(node):
        for entry in [*node.get("chapters", []), *node.get("sections", []), *node.get("parts", [])]:
            if "file" in entry:
                listed.add(entry["file"].removesuffix(".md").removesuffix(".ipynb"))
            collect(entry)

    collect(toc)
    assert {f"{name}.html" for name in listed} == source_pages()
    assert source_pages() <= {page.name for page in pages()}


def test_no_page_loads_anything_from_another_origin():
    foreign = [
        (page.name, address)
        for page in pages()
        for address in page.loads()
        if re.match(r"(https?:)?//", address)
    ]
    assert foreign == []


def test_no_inline_script_names_another_origin():
    # Scripts run in the page itself; licences and namespaces are in the vendored files only.
    named = [
        (page.name, found)
        for page in pages()
        for script in page.soup.find_all("script", src=False)
        if script.get("type") in (None, "module", "text/javascript", "text/x-thebe-config")
        for found in re.findall(r"https?://[^\s\"'<>]+", script.string or "")
    ]
    assert named == []


def test_no_style_sheet_loads_anything_from_another_origin_or_missing():
    bad = []
    for sheet in (HTML / "_static").glob("**/*.css"):
        if "vendor" in sheet.parts:  # the widgets': theirs are in their script
            continue
        for url in style_urls(sheet.read_text(encoding="utf-8")):
            path = (sheet.parent / re.split(r"[?#]", url)[0]).resolve()
            if re.match(r"(https?:)?//", url) or not path.exists():
                bad.append((sheet.name, url))
    assert bad == []


def test_every_formula_is_set_and_its_fonts_are_there():
    """None is left as its source, in a page (code apart) or in a widget, where nothing sets it."""
    formulas = 0
    for page in pages():
        for style in page.soup.find_all("style"):
            for url in style_urls(style.string or ""):
                assert (page.path.parent / url).exists(), f"{page.name} has no {url}"
        text = "\n".join(
            str(piece) for piece in page.soup.find_all(string=True)
            if not piece.find_parents(["pre", "code", "script", "style"])
        )
        labels = json.dumps([
            [model["state"].get(key) for key in ("value", "description", "_options_labels")]
            for model in page.widget_state.values()
        ])
        assert not re.search(r"\\[(\[]", text), page.name
        assert not re.search(r"\\\\[(\[]|\$\$", labels), page.name
        formulas += len(page.soup.find_all("mjx-container"))
    assert formulas > 100


def test_every_loaded_file_exists():
    missing = [
        (page.name, address)
        for page in pages()
        for address in page.loads()
        if not address.startswith("data:")
        and not page.local_file(address.split("?")[0])[0].exists()
    ]
    assert missing == []


def test_every_internal_link_leads_somewhere():
    by_path = {page.path.resolve(): page for page in pages()}
    broken = []
    for page in pages():
        for link in page.soup.find_all("a", href=True):
            target, anchor = page.local_file(link["href"])
            if target is None:
                continue
            if target.is_dir():
                target = target / "index.html"
            page_there = by_path.get(target)
            anchor_missing = anchor and page_there and anchor not in page_there.anchors
            if not target.exists() or anchor_missing:
                broken.append((page.name, link["href"]))
    assert broken == []


def test_every_widget_view_has_its_state_and_needs_only_core_widgets():
    views = 0
    for page in pages():
        missing = [view for view in page.widget_views if view not in page.widget_state]
        assert missing == [], f"{page.name}: blank widgets, their state was not saved"
        modules = {model["model_module"] for model in page.widget_state.values()}
        assert modules <= CORE_WIDGETS, f"{page.name}: not in the page's own widget script"
        references = set(re.findall(r"IPY_MODEL_(\w+)", page.text))
        assert references <= set(page.widget_state), f"{page.name}: a widget's part was not saved"
        views += len(page.widget_views)
    assert views > 0, "no page of the book has a widget: the published explorers are gone"


def test_every_picture_says_in_words_what_it_shows():
    silent = []
    for page in pages():
        inside = [
            value
            for model in page.widget_state.values()
            if "<img" in (value := str(model["state"].get("value", "")))
        ]
        for soup in [page.soup, *(BeautifulSoup(value, "html.parser") for value in inside)]:
            for picture in soup.find_all("img"):
                alt = picture.get("alt", "").strip()
                # MyST-NB's stand-in where nothing was written is the name of the image file.
                if not alt or "_images/" in alt or "jupyter_execute" in alt:
                    silent.append((page.name, str(picture)[:120]))
    assert silent == []
