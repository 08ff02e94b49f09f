"""Words of organisation names: legal forms, fillers, ordinals and trades, in Spanish and English.

Every list is of kinds of words, never of organisations. Words are search keys: small letters,
no accents.
"""

import re


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Legal forms from the most specific to the least. A form may be written in full, with its words
# cut short, as initials with or without points, or cut off where the cell ended.
# Source: the codes of Peru, Chile, Argentina, Bolivia, Colombia, Ecuador, Mexico, Brazil and
# Australia; GLEIF's ELF code list for the variants; S.M.R.L. from Peru's general mining law.
_SOCIETY = r"(?:soc\w*|s)"
_LIABILITY = r"(?:de )?(?:r|resp\w*) (?:l|lim\w*|ltda?)"
LEGAL_FORMS: tuple[tuple[str, str], ...] = (
    ("smrl", rf"{_SOCIETY} min\w* {_LIABILITY}|s m r ?l(?:tda)?|smrl(?:tda)?"),
    ("eirl", (r"(?:emp\w*|e) (?:indiv\w*|i)(?: (?:de )?(?:r|resp\w*)(?: (?:l|lim\w*|ltda?))?)?"
              r"|e i r ?l(?:tda)?|eirl(?:tda)?|e i r ltda|eir ltda")),
    ("saa", rf"{_SOCIETY} (?:an|anon\w*) ab\w*|s a a|saa"),
    ("sac", rf"{_SOCIETY} (?:an|anon\w*) c\w*|s a c|sac"),
    ("sas", rf"{_SOCIETY} (?:por|x) acc\w*(?: simpl\w*)?|s a s|sas|s p a|spa"),
    ("srl", (rf"{_SOCIETY} (?:com\w* )?{_LIABILITY}|s (?:c )?r ?l(?:tda)?|sc?rl(?:tda)?|s r ltda"
             r"|s de r l(?: de c v)?|sociedad limitada")),
    ("sacv", r"s a de c v|sa de cv"),
    ("sab", r"s a b(?: de c v)?|sab"),
    ("sa", rf"{_SOCIETY} anon\w*|s a|sa"),
    ("sc", r"s c(?: p)?|sociedad civil|s civil"),
    ("coop", r"cooperativa limitada|coop ltda"),
    ("ltda", r"limitada|ltda|ltd|limited|pty ltd|pty limited|proprietary limited"),
    ("inc", r"inc|incorporated|corp inc|llc|l l c|gmbh|plc|n v|b v|a g"),
)  # fmt: skip
# Forms that one organisation may show in two sheets: the general and its special case.
LEGAL_KIN = frozenset({
    frozenset({"sa", "sac"}), frozenset({"sa", "saa"}), frozenset({"srl", "ltda"}),
    frozenset({"sa", "sacv"}), frozenset({"sa", "sab"}), frozenset({"sac", "saa"}),
})  # fmt: skip

STOP_WORDS = words_of("""
    a al and con d de del e el en la las lo los of para por the u y o da do das
""")
# What links an organisation to the place it works in without making another organisation of it.
BRANCH_WORDS = words_of("""
    sucursal suc filial sede agencia oficina of planta local branch office
""")
# A number or a rank tells sequels apart: "Mina X II", "Consorcio Y 3", "Z Dos".
ORDINALS = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "ix": "9", "x": "10", "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
    "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6",
    "siete": "7", "ocho": "8", "nueve": "9", "diez": "10",
    "primero": "1", "primera": "1", "segundo": "2", "segunda": "2", "tercero": "3",
    "tercera": "3", "cuarto": "4", "cuarta": "4", "quinto": "5", "quinta": "5", "sexto": "6",
    "sexta": "6", "septimo": "7", "septima": "7", "octavo": "8", "octava": "8",
}  # fmt: skip
# Words of which only one can be true of an organisation.
EXCLUSIVE = {
    "provincial": "tier", "distrital": "tier", "regional": "tier", "nacional": "tier",
    "norte": "compass", "sur": "compass", "este": "compass", "oeste": "compass",
    "oriente": "compass", "centro": "compass",
    "holding": "role", "consorcio": "role", "grupo": "role", "sindicato": "role",
    "fundacion": "role", "asociacion": "role",
    "chile": "country", "argentina": "country", "bolivia": "country", "colombia": "country",
    "ecuador": "country", "mexico": "country", "brasil": "country", "canada": "country",
    "australia": "country",
}  # fmt: skip
ROLE_WORDS = frozenset(word for word, kind in EXCLUSIVE.items() if kind != "compass")

# Abbreviations whose letters do not follow the word they stand for.
IRREGULAR = {
    "cia": "compania", "co": "company", "hnos": "hermanos", "hno": "hermanos", "sta": "santa",
    "sto": "santo", "sn": "san", "muni": "municipalidad", "mun": "municipalidad",
    "munic": "municipalidad", "gob": "gobierno", "gore": "gobierno regional", "sr": "senor",
    "virg": "virgen", "int": "internacional", "intl": "internacional",
    "universidad": "universidad", "univ": "universidad", "ugel": "ugel", "asocs": "asociados",
    "ings": "ingenieros",
}  # fmt: skip
# Trades and fillers: they say what an organisation does, and hardly ever which one it is.
COMMON = words_of("""
    abarrotes administracion aduanas agencia agricola agro agroindustrial agroindustrias
    agropecuaria alimentos almacenes alquiler ambiental ambientales andina andino
    arquitectos arquitectura artesanal aseguradora asesores asesoria asociacion asociados
    automatizacion automotriz autoservicio bienes botica camara campesina capacitacion carga
    cargo catering central centro clinica club college comercial comercializacion
    comercializadora comercio comite compania company comunicaciones comunidad consorcio
    construccion construcciones constructora constructores consulting consultores
    consultoria consultora contadores contratista contratistas control cooperativa
    corporacion corporation corte covid demasia desarrollo direccion distribucion
    distribuciones distribuidora distrital drilling ecologia ecologica ecoturismo educacion
    educativa electrica electricas electricidad electrico electromecanica electronica
    empresa empresarial energia engineering equipamiento equipos especial especiales
    estacion estructuras estudio exploraciones explosivos export exportaciones exportadora
    express fabricaciones factoria farmacia federacion ferreteria financiera fundacion
    ganadera general generales geologia geotecnia gestion global gobierno grafica gremio
    grifo group grupo hermanos hermanas hidraulica higiene holding hospital hostal hotel
    import importaciones importadora industria industrial industriales industrias
    informatica ingenieria ingenieros inmobiliaria innovacion insumos instalaciones
    instituto integral integrales international internacional inversiones inversionistas
    investigacion joyeria justicia laboratorio laboratorios limpieza lavanderia logistica
    logistics madera maderera mantenimiento maquinaria maquinarias marketing materiales
    mecanica medica medico mercado metalmecanica metalurgica mina minas mineria minera
    mineras minero mineros mining ministerio montaje montajes mudanzas multiples
    multiservicios municipal municipalidad nacional negociacion negociaciones negocios norte
    obras operaciones operadora operador organizacion panaderia peru peruana peruano
    perforacion perforaciones plasticos polleria productos productores productora proveedor
    proveedora proveedores provincial proyecto proyectos publica publicidad quimica quimicos
    recursos red regional rent repuestos representaciones residuos restaurant restaurante
    salud saneamiento santa san seguridad seguros servicentro service services servicio
    servicios sindicato sistemas sociedad solar soldadura soldaduras solution solutions
    soluciones sondaje suministros superior sur taller technology tecnologia tecnologias
    tecnologico telecomunicaciones textil topografia trading ugel transporte transportes turismo
    turistico unidad unidos universidad ventas vidrieria vigilancia viajes voladura
""")

MAIL_PROVIDERS = words_of("""
    gmail hotmail yahoo outlook live icloud msn aol terra speedy ymail rocketmail protonmail
    proton gmx zoho mail googlemail tutanota
""")
# Sites on which many organisations have a page: the page counts, the site does not.
SHARED_SITES = words_of("""
    facebook linkedin instagram twitter x youtube tiktok wixsite wordpress blogspot google
    sites negocio business site weebly linktr mercadolibre paginasamarillas webnode
""")

WORD = re.compile(r"[^\W_]+")
