"""What people call a type of organisation, in the words of both languages and of registers."""

from functools import lru_cache

from django.utils.translation import override

from minka.knowledge.sources.thesaurus import iter_concepts
from minka.knowledge.states import ActorKind
from minka.methods.text import search_key

_TOP = "tipos de actor"
_LABELLED_OTHERWISE = {"incubator and accelerator": ActorKind.INCUBATOR}
# Words of registers that the thesaurus leaves out, as search keys.
_SPOKEN = {
    "education": ActorKind.UNIVERSITY,
    "universidad privada": ActorKind.UNIVERSITY,
    "universidad publica": ActorKind.UNIVERSITY,
    "facility": ActorKind.RESEARCH_CENTRE,
    "nonprofit": ActorKind.CIVIL_SOCIETY,
    "funder": ActorKind.FUND,
    "government": ActorKind.GOVERNMENT,
    "gobierno nacional": ActorKind.GOVERNMENT,
    "gobierno regional": ActorKind.GOVERNMENT,
    "gobierno local": ActorKind.GOVERNMENT,
    "gobiernos regionales": ActorKind.GOVERNMENT,
    "gobiernos locales": ActorKind.GOVERNMENT,
    "municipalidad": ActorKind.GOVERNMENT,
    "ministerio": ActorKind.GOVERNMENT,
    "fonafe": ActorKind.GOVERNMENT,
    "estado": ActorKind.GOVERNMENT,
    "entidad publica": ActorKind.GOVERNMENT,
    "proveedor": ActorKind.SUPPLIER,
    "proveedores": ActorKind.SUPPLIER,
    "minera": ActorKind.MINING_COMPANY,
    "camara": ActorKind.CHAMBER,
    "gremio": ActorKind.TRADE_ASSOCIATION,
    "asociacion": ActorKind.TRADE_ASSOCIATION,
    "ong": ActorKind.CIVIL_SOCIETY,
    "cluster": ActorKind.CLUSTER,
}


def kind_called(text: str) -> str:
    """Return the ActorKind that a cell names, the first if several, or empty."""
    for part in text.replace("|", ";").split(";"):
        if kind := _kinds().get(search_key(part)):
            return kind
    return ""


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = {search_key(word): str(kind) for word, kind in _SPOKEN.items()}
    for language in ("es", "en"):
        with override(language):
            kinds |= {search_key(str(kind.label)): str(kind) for kind in ActorKind}
    kinds |= {search_key(str(kind)): str(kind) for kind in ActorKind}
    for concept in iter_concepts():
        if concept.parent != _TOP:
            continue
        kind = kinds.get(search_key(concept.en)) or _LABELLED_OTHERWISE.get(search_key(concept.en))
        if kind:
            words = (concept.es, concept.en, *concept.synonyms_es, *concept.synonyms_en)
            kinds |= {search_key(word): str(kind) for word in words}
    return kinds
