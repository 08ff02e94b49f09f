"""Words that made-up organisations are named with. None is the name of one."""


def _listed(text: str) -> tuple[str, ...]:
    """Take a list apart that is written with semicolons."""
    return tuple(" ".join(one.split()) for one in text.split(";"))


TRADES = _listed(
    """
    Transportes; Servicios Generales; Constructora; Construcciones; Inversiones; Negociaciones;
    Comercial; Distribuidora; Importaciones; Multiservicios; Consultora; Consultores;
    Ingenieros; Ingeniería; Contratistas Generales; Minera; Compañía Minera;
    Empresa de Transportes; Ferretería; Representaciones; Corporación; Grupo; Industrias;
    Metalmecánica; Perforaciones; Laboratorio; Hotel; Restaurante; Servicentro; Logística;
    Seguridad; Maquinarias; Alquiler de Maquinaria; Voladura; Geotecnia; Agroindustrias;
    Estudio; Asociados; Soluciones; Tecnología; Ambiental; Catering; Soldaduras; Electricidad;
    Montajes; Proyectos; Comercializadora; Textiles; Factoría; Automotriz; Editorial;
    Agencia de Viajes; Farmacia; Clínica; Repuestos; Exportadora; Equipos y Servicios;
    Saneamiento; Topografía; Explosivos; Neumáticos; Lubricantes; Hidráulica; Drilling;
    Mining Services
    """
)
TAILS = _listed(
    """
    del Perú; Perú; del Sur; Internacional; Group; y Asociados; Ingenieros; Servicios;
    Industrial; Contratistas; e Hijos; Hermanos; Global; Andina; Trading; del Norte; Logistics;
    Solutions; Company; Express; Cargo; Minera; Proyectos; Contratistas Generales;
    Servicios Generales; Integral
    """
)
PROPER = _listed(
    """
    Apu; Qori; Inti; Killa; Wayra; Yaku; Puma; Kuntur; Sumaq; Chaska; Illari; Samay; Tika; Wasi;
    Ñan; Rumi; Orqo; Pacha; Sonqo; Hatun; Andes; Cordillera; Altiplano; Pacífico; Misti;
    Coropuna; Huascarán; Ausangate; Salkantay; Vilcanota; Colca; Majes; Tambo; Ocoña;
    San Martín; San José; Santa Rosa; San Miguel; Santa Ana; San Pedro; Virgen del Carmen;
    Señor de Luren; San Cristóbal; Santa Isabel; El Sol; La Estrella; El Águila; Los Ángeles;
    La Perla; El Roble; Nuevo Mundo; La Unión; El Progreso; Horizonte; Vanguardia; Victoria;
    Alfa; Omega; Delta; Sigma; Orión; Atlas; Titán; Fénix; Polaris; Aurora; Génesis; Kairos;
    Zenit; Nova; Prisma; Vértice
    """
)
SURNAMES = _listed(
    """
    Quispe; Mamani; Flores; Huamán; Rojas; Sánchez; Condori; Vargas; Gutiérrez; Chávez; Ramos;
    Torres; Cruz; Choque; Apaza; Ccori; Paredes; Salazar; Medina; Aguilar; Cáceres; Zegarra;
    Velarde; Bustamante; Arce; Delgado; Rivera; Ticona; Cutipa; Nina; Huanca; Layme; Pinto;
    Valdivia; Núñez; Muñoz; Peña; Ibáñez; Calla; Llerena; Begazo; Alarcón; Portugal; Benavides;
    Loayza; Tejada; Ugarte; Ochoa; Yupanqui; Palomino; Ccahuana; Sullca; Arotinco; Tito; Pari;
    Roque; Meza; Cornejo; Dueñas; Zamora; Escobedo; Carpio
    """
)
GIVEN = _listed(
    """
    María; José; Luis; Carmen; Juan; Rosa; Carlos; Ana; Pedro; Luz; Jorge; Gloria; Miguel; Flor;
    Víctor; Elena; Percy; Yeny; Wilber; Nélida; Edgar; Roxana; Hugo; Milagros; Julio; Patricia;
    Raúl; Silvia; Óscar; Vilma; Fredy; Norma; Yuri; Beatriz; Saturnino; Teófilo
    """
)
SYLLABLES = _listed(
    """
    ka; ri; mo; ve; lu; san; tor; min; bra; del; pe; ju; li; or; te; cor; mar; vi; na; so; ce;
    tra; max; ser; gol; fer; di; ba; ro; ny; xe; qui; lla; wa; yo; plu; zen; ker; val; ing; hu;
    chi; fra; gar; lim; pac; sol; tec; ur; vo
    """
)
STREETS = _listed(
    """
    Av. Ejército; Av. Parra; Calle Mercaderes; Jr. Bolívar; Av. La Marina; Calle Ugarte;
    Av. Dolores; Av. Aviación; Jr. Tacna; Av. Grau; Jr. Lima; Av. Túpac Amaru; Calle San Martín;
    Pasaje Los Rosales; Av. Industrial; Calle Las Flores; Jr. Cusco; Av. Javier Prado;
    Av. Arequipa; Jr. Moquegua; Av. Los Héroes; Calle Los Pinos; Av. Simón Bolívar; Jr. Ayacucho
    """
)
ACTIVITIES = _listed(
    """
    Construcción; Transporte; Consultoría; Metalmecánica; Minería; Ferretería; Seguridad;
    Catering; Maquinaria; Ambiental; Eléctrico; Logística; Laboratorio; Salud; Educación; TI;
    Perforación; Geología; Gobierno; Gremio; Textil; Soldadura
    """
)
UNITS = _listed(
    """
    Unidad Ejecutora Salud; Dirección Regional de Salud; Dirección Regional de Agricultura;
    Hospital Regional; Red de Salud; Dirección Regional de Educación; UGEL; Proyecto Especial;
    Gerencia de Transportes; Instituto Vial Provincial; Dirección de Energía y Minas;
    Unidad Minera; Sede Central
    """
)
STATE = _listed(
    """
    Universidad Nacional de; Corte Superior de Justicia de; Hospital de;
    Instituto Superior Tecnológico; Comunidad Campesina de; Asociación de Productores;
    Cámara de Comercio de; Colegio de Ingenieros de; Junta de Usuarios de;
    Universidad Católica de; Sociedad de Beneficencia de; Empresa Municipal de Agua de;
    Caja Municipal de; Sindicato de Trabajadores de; Federación Minera de
    """
)
FORMS = {
    "sac": (
        "S.A.C.",
        "SAC",
        "S A C",
        "S. A. C.",
        "S.A.C",
        "Sac",
        "Sociedad Anónima Cerrada",
        "Soc. Anónima Cerrada",
        "Soc. Anon. Cerrada",
        "SOCIEDAD ANONIMA CERRRADA",
    ),
    "srl": (
        "S.R.L.",
        "SRL",
        "S R L",
        "S.R.Ltda.",
        "S.R. LTDA.",
        "S.C.R.L.",
        "SCRL",
        "Sociedad de Responsabilidad Limitada",
        "Soc. Com. de Resp. Ltda.",
        "Sociedad Comercial de Responsabilidad Limitada",
    ),
    "eirl": (
        "E.I.R.L.",
        "EIRL",
        "E I R L",
        "E.I.R.L",
        "E.I.R. Ltda.",
        "Empresa Individual de Responsabilidad Limitada",
        "Emp. Indiv. de Resp. Ltda.",
        "Empresa Individual de Resp. Ltda",
    ),
    "sa": ("S.A.", "SA", "S A", "S.A", "Sociedad Anónima", "Soc. Anónima"),
    "saa": ("S.A.A.", "SAA", "Sociedad Anónima Abierta"),
    "smrl": ("S.M.R.L.", "SMRL", "S M R L", "Sociedad Minera de Responsabilidad Limitada"),
    "ltda": ("Ltda.", "Limitada", "LTDA"),
    "spa": ("SpA", "S.p.A."),
    "inc": ("Inc.", "Inc", "LLC"),
    "": ("",),
}
SHORT = {
    "servicios": ("Serv.", "Servs.", "Svcs."),
    "generales": ("Grales.", "Gral.", "Gen.", "Grls."),
    "transportes": ("Transp.", "Tptes.", "Trans."),
    "contratistas": ("Cont.", "Contrat.", "Cttas."),
    "construcciones": ("Const.", "Constr.", "Construcc."),
    "constructora": ("Const.", "Constr."),
    "inversiones": ("Inv.", "Invers."),
    "representaciones": ("Rep.", "Repr."),
    "compañía": ("Cía.", "Cia", "Comp."),
    "minera": ("Min.", "Mra."),
    "ingenieros": ("Ing.", "Ings."),
    "ingeniería": ("Ing.", "Ingen."),
    "municipalidad": ("Mun.", "Munic.", "Muni"),
    "distrital": ("Dist.", "D."),
    "provincial": ("Prov.", "P."),
    "regional": ("Reg.",),
    "gobierno": ("Gob.",),
    "empresa": ("Emp.", "Empr."),
    "corporación": ("Corp.", "Corporac."),
    "comercial": ("Com.", "Comerc."),
    "distribuidora": ("Dist.", "Distrib."),
    "industrias": ("Ind.", "Indus."),
    "universidad": ("Univ.", "U."),
    "nacional": ("Nac.",),
    "asociación": ("Asoc.",),
    "asociados": ("Asoc.", "Asocs."),
    "hermanos": ("Hnos.", "Hnos"),
    "santa": ("Sta.",),
    "san": ("Sn", "S."),
    "multiservicios": ("M/S", "Multiserv."),
    "maquinaria": ("Maq.",),
    "maquinarias": ("Maq.",),
    "negociaciones": ("Neg.",),
    "importaciones": ("Imp.",),
    "logística": ("Logist.", "Log."),
    "instituto": ("Inst.",),
    "tecnología": ("Tec.", "Tecnol."),
    "internacional": ("Int.", "Intl."),
    "comunidad": ("Comun.", "Com."),
    "campesina": ("Camp.", "C."),
    "soluciones": ("Soluc.",),
    "proyectos": ("Proy.",),
    "dirección": ("Dir.",),
    "unidad": ("Und.", "U."),
    "laboratorio": ("Lab.",),
    "company": ("Co.", "Co"),
    "industrial": ("Ind.", "Indust."),
    "equipos": ("Eq.", "Equip."),
}
SECTORS = _listed(
    """
    Salud; Educación; Energía; Minas; Agricultura; Ambiente; Cultura; Economía; Defensa; Justicia;
    Ciencias; Medicina; Ingeniería; Geología; Biología; Estadística; Meteorología; Pesca; Trabajo;
    Transportes; Turismo; Vivienda; Matemáticas; Historia; Química; Artes; Música; Comercio
    """
)
ABROAD = {
    "AR": _listed("Buenos Aires; Córdoba; Rosario; Mendoza; San Juan; Salta; La Plata"),
    "BO": _listed("La Paz; Santa Cruz; Cochabamba; Oruro; Potosí; Sucre"),
    "CL": _listed("Santiago; Valparaíso; Concepción; Antofagasta; Atacama; Talca; La Serena"),
    "CO": _listed("Bogotá; Medellín; Cali; Cartagena; Manizales; Pasto"),
    "EC": _listed("Quito; Guayaquil; Cuenca; Loja; Ambato"),
    "ES": _listed("Madrid; Sevilla; Granada; Valencia; Zaragoza; Oviedo; Salamanca"),
    "MX": _listed("Guadalajara; Monterrey; Puebla; Sonora; Zacatecas; León; Mérida"),
    "UY": _listed("Montevideo; Salto; Paysandú"),
    "CR": _listed("San José; Cartago; Heredia"),
    "GT": _listed("Guatemala; Quetzaltenango; Antigua"),
}
