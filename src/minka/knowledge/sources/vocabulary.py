"""The words people write above the columns of an organisation sheet, in Spanish and English."""

import re
from functools import lru_cache

from minka.knowledge.sources.fields import Field
from minka.methods.text import search_key

# Written as search keys, the commonest first: where two columns mean the same, the earlier word
# wins. A phrase also counts, for less, when it stands inside a longer header.
PHRASES: dict[Field, tuple[str, ...]] = {
    Field.NAME: (
        "razon social", "nombre o razon social", "denominacion social", "nombre legal",
        "legal name", "nombre de la empresa", "nombre de la empresa o institucion",
        "nombre de la organizacion", "nombre de la institucion", "nombre de la entidad",
        "company name", "organisation name", "organization name", "empresa asociada", "empresa",
        "entidad", "institucion", "organizacion", "proveedor", "titular", "expositor", "asociado",
        "razonsocial", "company", "organisation", "organization", "institution", "supplier",
        "exhibitor", "vendor", "cliente", "contratista", "socio", "nombre", "name",
        "denominacion", "universidad",
    ),
    Field.TRADE_NAME: (
        "nombre comercial", "trade name", "trading name", "brand", "marca comercial", "marca",
        "nombre de fantasia",
    ),
    Field.OTHER_NAMES: (
        "otros nombres", "other names", "aliases", "alias", "tambien conocida como",
        "also known as", "razon social anterior", "nombre anterior", "former name",
        "former names", "nombres anteriores", "labels other lang",
    ),
    Field.ACRONYM: ("sigla", "siglas", "acronimo", "acronym", "acronyms", "abreviatura"),
    Field.TAX_ID: (
        "ruc", "r u c", "numero de ruc", "nro ruc", "rut", "cuit", "nit", "nif", "rfc", "cnpj",
        "abn", "tax id", "taxid", "vat", "vat number", "tax number", "identificacion tributaria",
        "registro unico de contribuyentes", "numero tributario", "id fiscal",
    ),
    Field.KIND: (
        "tipo de actor", "tipo de organizacion", "tipo de entidad", "tipo de institucion",
        "tipo de empresa", "actor type", "organisation type", "organization type",
        "categoria", "category", "tipo", "type", "types", "clase", "kind", "nivel",
    ),
    Field.DESCRIPTION: (
        "descripcion", "description", "resena", "about", "perfil", "profile", "resumen",
        "descripcion de la empresa", "acerca de",
    ),
    Field.ACTIVITY: (
        "rubro", "rubros", "giro", "giro del negocio", "actividad economica", "actividad",
        "actividades", "a que se dedica", "activity", "industry", "industria", "sector",
        "sectores", "especialidad", "productos y servicios", "productos", "servicios", "products",
        "products and services", "services", "linea de negocio", "grupo art",
        "grupo de articulos", "commodities", "ciiu",
    ),
    Field.WEBSITE: (
        "pagina web", "sitio web", "website", "web site", "web", "url", "homepage", "web page",
        "direccion web", "portal", "domains", "dominio",
    ),
    Field.EMAIL: (
        "correo electronico", "correo", "correos", "e mail", "email", "mail", "e mails", "emails",
        "correo de contacto", "email address", "direccion de correo", "correo institucional",
    ),
    Field.PHONE: (
        "telefono", "telefonos", "telefono fijo", "celular", "celulares", "movil", "phone",
        "phones", "phone number", "telephone", "tel", "telf", "telef", "fono", "mobile",
        "whatsapp", "numero de contacto", "central telefonica",
    ),
    Field.ADDRESS: (
        "direccion", "domicilio", "domicilio fiscal", "direccion fiscal", "address",
        "street address", "calle", "street",
    ),
    Field.PLACE: (
        "ubicacion", "ciudad region", "ciudad", "localidad", "poblacion", "lugar", "city",
        "location", "town", "place", "municipio", "comuna", "sede",
    ),
    Field.REGION: (
        "departamento", "region", "depa", "dpto", "depto", "dep", "department", "state",
        "estado o region", "gobierno regional",
    ),
    Field.PROVINCE: ("provincia", "province", "prov"),
    Field.DISTRICT: ("distrito", "district", "dist"),
    Field.COUNTRY: (
        "pais", "country", "nation", "pais de origen", "country name", "iso3", "iso2",
        "country code",
    ),
    Field.LATITUDE: ("latitud", "latitude", "lat", "coordenada y", "latitud decimal"),
    Field.LONGITUDE: ("longitud", "longitude", "lon", "lng", "long", "coordenada x"),
    Field.FOUNDED: (
        "fecha de fundacion", "ano de fundacion", "fundacion", "fundada", "founded",
        "established", "year founded", "fecha de constitucion", "inicio de actividades",
        "fecha de inicio de actividades", "foundation year",
    ),
    Field.EXTERNAL_ID: (
        "codigo", "code", "id", "identificador", "identifier", "external id", "cod",
        "codigo de proveedor", "cod acreedor", "id entidad", "ror id", "facility id",
        "codigo interno",
    ),
}  # fmt: skip

# A word that says the column is about something else, however the rest of the header sounds.
ABOUT_OTHERS = frozenset({
    "amount", "apellido", "apellidos", "canonical", "cantidad", "cargo", "confidence", "contact",
    "contacto", "contratos", "convenio", "date", "estado", "fecha", "gerente", "item", "link",
    "mentions", "monto", "number", "numero", "operator", "operators", "owner", "owners",
    "penalidad", "persona", "porcentaje", "representante", "responsable", "sanciones", "status",
    "temporal", "timestamp", "total", "trabajadores", "ubigeo",
})  # fmt: skip
_NUMBERED = re.compile(r"\s*\d+$")
_CAMEL = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])|(?<=[A-Z])(?=[A-Z][a-z])")
_EXACT = {phrase: field for field, phrases in PHRASES.items() for phrase in phrases}
_RANK = {phrase: n for phrases in PHRASES.values() for n, phrase in enumerate(phrases)}


def header_key(header: str) -> str:
    """Reduce a header to its words: `"RUCProveedor"` → `ruc proveedor`, `"TELEF_1"` → `telef`."""
    key = search_key(_CAMEL.sub(" ", header.replace("_", " ")))
    return _NUMBERED.sub("", key) or key


def is_known_header(cell: str) -> bool:
    return len(cell) <= 60 and header_key(cell) in _EXACT


@lru_cache(maxsize=512)
def header_scores(header: str) -> dict[Field, float]:
    """Score from 0 to 1 how far the words of a header name each field; unnamed fields left out."""
    key = header_key(header)
    if (field := _EXACT.get(key)) is not None:
        return {field: 0.95 - _RANK[key] / 1000}
    words = key.split()
    scores: dict[Field, float] = {}
    for phrase, field in _EXACT.items():
        if f" {phrase} " not in f" {key} ":
            continue
        size = len(phrase.split())
        about_others = (ABOUT_OTHERS - set(phrase.split())) & set(words)
        score = 0.5 + 0.35 * size / len(words) - _RANK[phrase] / 1000
        if about_others and field not in (Field.EMAIL, Field.PHONE):
            score -= 0.4
        scores[field] = max(scores.get(field, 0.0), score)
    return scores
