"""The words that people write above the columns of a sheet of ties, and for kinds of ties."""

from minka.knowledge.states import RelationKind as K
from minka.methods.text import search_key

ROLES = ("tail", "tail_id", "kind", "head", "head_id", "since", "until", "confidence",
         "source", "note")  # fmt: skip

# As search keys, the commonest first. An id is a tax number or the public id of this map.
HEADERS: dict[str, tuple[str, ...]] = {
    "tail": (
        "organizacion a", "actor a", "empresa a", "entidad a", "institucion a", "desde", "origen",
        "organizacion 1", "actor 1", "empresa 1", "organizacion de origen", "actor origen",
        "organisation a", "organization a", "from", "from organisation", "from organization",
        "organisation 1", "organization 1", "tail", "quien", "who", "nombre a", "name a",
        "organizacion", "organisation", "organization", "proveedor", "supplier",
    ),
    "head": (
        "organizacion b", "actor b", "empresa b", "entidad b", "institucion b", "hacia", "destino",
        "organizacion 2", "actor 2", "empresa 2", "organizacion de destino", "actor destino",
        "organisation b", "organization b", "to", "to organisation", "to organization",
        "organisation 2", "organization 2", "head", "con quien", "a quien", "whom", "nombre b",
        "name b", "contraparte", "counterpart", "otra organizacion", "other organisation",
        "cliente", "customer", "client",
    ),
    "tail_id": (
        "ruc a", "id a", "codigo a", "ruc 1", "id 1", "ruc origen", "id origen", "tax id a",
        "tax id 1", "public id a", "id publico a", "from id", "tail id", "ruc proveedor",
        "identificador a", "identifier a", "ruc organizacion a", "ruc",
    ),
    "head_id": (
        "ruc b", "id b", "codigo b", "ruc 2", "id 2", "ruc destino", "id destino", "tax id b",
        "tax id 2", "public id b", "id publico b", "to id", "head id", "ruc cliente",
        "identificador b", "identifier b", "ruc organizacion b",
    ),
    "kind": (
        "tipo de vinculo", "vinculo", "tipo de relacion", "relacion", "tipo", "kind", "kind of tie",
        "tie", "relation", "relationship", "type", "type of tie", "type of relation",
    ),
    "since": (
        "fecha de inicio", "inicio", "vigente desde", "since", "desde", "from", "start",
        "start date", "starts on",
        "desde fecha", "fecha desde", "desde cuando", "ano de inicio", "from date",
    ),
    "until": (
        "fecha de fin", "fin", "vigente hasta", "hasta", "until", "to", "end",
        "end date", "ends on",
        "fecha hasta", "hasta cuando", "ano de fin", "to date", "fecha de termino", "termino",
    ),
    "confidence": ("confianza", "certeza", "seguridad", "confidence", "certainty", "how sure"),
    "source": ("fuente", "source", "segun", "referencia", "reference", "according to"),
    "note": ("nota", "notas", "observacion", "observaciones", "comentario", "note", "notes",
             "remarks", "comment", "comments", "detalle"),
}  # fmt: skip

# Whether the words are said of the first organisation (True) or of the second one.
KINDS: dict[str, tuple[K, bool]] = {
    search_key(words): (kind, forward)
    for kind, forward, several in (
        (K.SUPPLIES, True, ("provee a|proveedor de|proveedor|abastece a|suministra a|vende a|"
         "supplies|supplier of|supplier|provides|sells to|es proveedor de")),
        (K.SUPPLIES, False, ("cliente de|cliente|compra a|es cliente de|customer of|customer|"
         "buys from|is supplied by|es provista por|es abastecido por")),
        (K.MEMBER_OF, True, ("miembro de|miembro|es miembro de|asociado a|asociado de|afiliado a|"
         "socio de gremio|pertenece a|member of|member|is a member of|belongs to|asociada a")),
        (K.MEMBER_OF, False, "tiene como miembro|agrupa a|has as a member|has member"),
        (K.PARTNER_IN, True, ("socio de|socio|es socio de|aliado de|aliado|alianza|convenio|"
         "convenio con|colabora con|partner|partner of|partner in|is a partner of|alliance|"
         "agreement|works with|trabaja con")),
        (K.SUBSIDIARY_OF, True, ("subsidiaria de|subsidiaria|filial de|filial|es subsidiaria de|"
         "subsidiary of|subsidiary|is a subsidiary of|owned by")),
        (K.SUBSIDIARY_OF, False, ("matriz de|matriz|es matriz de|parent of|parent|owns|"
         "tiene como subsidiaria|has as a subsidiary")),
        (K.FUNDS, True, ("financia a|financia|financiador de|financiador|fondea a|funds|funder of|"
         "funder|finances")),
        (K.FUNDS, False, ("financiado por|es financiada por|es financiado por|recibe fondos de|"
         "funded by|is funded by")),
        (K.TRAINS, True, "capacita a|capacita|forma a|entrena a|trains|trainer of"),
        (K.TRAINS, False, ("capacitado por|es capacitada por|es capacitado por|trained by|"
         "is trained by")),
        (K.CERTIFIES, True, "certifica a|certifica|acredita a|homologa a|certifies|accredits"),
        (K.CERTIFIES, False, ("certificado por|es certificada por|es certificado por|"
         "acreditado por|homologado por|certified by|is certified by|accredited by")),
        (K.RESEARCHES_WITH, True, ("investiga con|investigacion|investigacion conjunta|i+d|i+d+i|"
         "researches with|research|joint research|r&d")),
        (K.PROPOSES_WITH, True, ("propone con|postula con|propuesta conjunta|proposes with|"
         "joint proposal|applies with")),
        (K.CONTRACTED_BY, True, ("contratado por|es contratada por|es contratado por|"
         "contratista de|contratista|contracted by|is contracted by|contractor of|contractor")),
        (K.CONTRACTED_BY, False, "contrata a|contrata|contratante de|contracts|hires"),
    )
    for words in several.split("|")
} | {search_key(kind.value): (kind, True) for kind in K}  # fmt: skip

CONFIDENCES: dict[str, float] = {
    "alta": 0.9, "high": 0.9, "segura": 1.0, "seguro": 1.0, "sure": 1.0, "certain": 1.0,
    "cierta": 1.0, "media": 0.6, "medium": 0.6, "probable": 0.6, "likely": 0.6, "baja": 0.3,
    "low": 0.3, "dudosa": 0.3, "doubtful": 0.3, "posible": 0.3, "possible": 0.3,
}  # fmt: skip
