"""Templates keep to the strict Content-Security-Policy and to our own files."""

import re

import pytest

from tests.architecture.tree import templates, where

RULES = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(
        r"<script\b(?![^>]*\ssrc=)(?![^>]*\stype=[\"']application/(?:ld\+)?json)", re.IGNORECASE
    ),
    "on… attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on attribute": re.compile(r"<[^>]*\shx-on", re.IGNORECASE),
    "javascript: link": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "asset of another host": re.compile(
        r"<(?:script|img|iframe|source|video|audio)\b[^>]*\ssrc(?:set)?=[\"'](?:https?:)?//"
        r"|<link\b[^>]*\shref=[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
    "post form without its token": re.compile(
        r"<form\b(?=[^>]*\bmethod=[\"']post)(?:(?!</form>)(?!csrf_token|csrfmiddlewaretoken).)*</form>",
        re.IGNORECASE | re.DOTALL,
    ),
    "two landmarks of one name": re.compile(
        r"<section\b[^>]*\saria-labelledby=\"(?P<name>[^\"{]+)\"(?:(?!</section>).)*"
        r"<[^>]*\srole=\"region\"[^>]*\saria-labelledby=\"(?P=name)\"",
        re.IGNORECASE | re.DOTALL,
    ),
}
COMMENTS = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
E_MAIL = "/email/"  # letters are read in mail programs, which know no style sheet


@pytest.mark.parametrize("rule", RULES)
def test_no_template_breaks(rule):
    found = []
    for path in templates():
        if E_MAIL in path.as_posix():
            continue
        text = COMMENTS.sub("", path.read_text())
        for match in RULES[rule].finditer(text):
            line = text[: match.start()].count("\n") + 1
            found.append(f"{where(path)}:{line}: {match[0][:80]}")
    assert found == []


def test_the_rules_find_what_they_are_for():
    bad = {
        "style attribute": '<p class="a" style="color: red">',
        "style element": "<style>p {}</style>",
        "script without src": "<script>go()</script>",
        "on… attribute": '<button type="button" onclick="go()">',
        "hx-on attribute": '<p hx-on:click="go()">',
        "javascript: link": '<a href="javascript:go()">',
        "asset of another host": '<link rel="stylesheet" href="https://elsewhere.example/a.css">',
        "post form without its token": '<form method="post"><input></form>',
        "two landmarks of one name": '<section aria-labelledby="a"><div role="region" tabindex="0"'
        ' aria-labelledby="a"></div></section>',
    }
    assert {rule for rule, text in bad.items() if RULES[rule].search(text)} == set(RULES)
    good = '<script type="module" src="/static/a.js"></script><form method="post">{% csrf_token %}</form>'
    assert [rule for rule, pattern in RULES.items() if pattern.search(good)] == []
