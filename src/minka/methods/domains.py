"""Domains of websites and e-mail addresses. Pure: nothing is looked up."""

from urllib.parse import urlsplit

# where anybody opens an address, or a page: they prove nothing about an organisation
SHARED = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "hotmail.pe", "outlook.com",
    "outlook.es", "outlook.pe", "live.com", "msn.com", "yahoo.com", "yahoo.es", "yahoo.com.pe",
    "yahoo.com.mx", "yahoo.com.ar", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com",
    "proton.me", "protonmail.com", "pm.me", "gmx.com", "gmx.net", "gmx.es", "mail.com", "zoho.com",
    "yandex.com", "yandex.ru", "mail.ru", "tutanota.com", "terra.com", "terra.com.pe",
    "speedy.com.pe", "infonegocio.net.pe", "hushmail.com", "fastmail.com", "inbox.com", "qq.com",
    "163.com", "facebook.com", "instagram.com", "linkedin.com", "youtube.com", "x.com",
    "twitter.com", "tiktok.com", "wixsite.com", "wordpress.com", "blogspot.com", "weebly.com",
    "google.com", "sites.google.com", "linktr.ee", "wa.me", "github.io", "negocio.site",
})  # fmt: skip
# endings under which strangers register: an address “@com.pe” is nobody's
REGISTRIES = frozenset({"com", "org", "net", "edu", "gob", "gov", "mil", "co", "nom", "sld", "ac"})


def domain_of_website(url: str) -> str:
    """Return the domain of a website without `www.`: `https://www.acme.pe/a` → `acme.pe`.

    Empty when there is none that could belong to one organisation.
    """
    text = url.strip()
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    host = host.rstrip(".").removeprefix("www.")
    return host if _is_domain(host) else ""


def domain_of_email(address: str) -> str:
    """Return the domain of an e-mail address, empty when it has none."""
    local, at, domain = address.strip().lower().rpartition("@")
    domain = domain.rstrip(".")
    return domain if local and at and "@" not in local and _is_domain(domain) else ""


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address, or a page, at this domain."""
    return any(domain == one or domain.endswith(f".{one}") for one in SHARED)


def is_reserved(domain: str) -> bool:
    """Whether the domain is kept for examples and tests, so that it is nobody's (RFC 2606)."""
    last = domain.rpartition(".")[2]
    return last in {"example", "test", "invalid", "localhost"} or any(
        within(domain, f"example.{ending}") for ending in ("com", "net", "org")
    )


def within(domain: str, site: str) -> bool:
    """Whether an address at `domain` speaks for `site`: the same domain, or one below it.

    `minas.acme.pe` is within `acme.pe`; `pe` and `com.pe` are not the domain of anybody.
    """
    return bool(site) and (domain == site or domain.endswith(f".{site}"))


def _is_domain(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or host.replace(".", "").isdigit():
        return False
    return not (len(labels) == 2 and labels[0] in REGISTRIES and len(labels[1]) == 2)
