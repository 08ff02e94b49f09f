import pytest

from minka.knowledge.sources.columns import suggest_mapping
from tests.knowledge.sources.files import open_bytes, open_real

EXPECTED = {
    "actors/conosce_proveedores.csv": "ruc=tax_id razon_social=name otros_nombres=other_names n_items= rubros=activity departamentos_item=",
    "actors/conosce_entidades.csv": "ruc=tax_id entidad=name codigo=external_id departamento=region provincia=province distrito=district sector=activity nivel=kind n_items= n_name_variants=",
    "actors/entidades_estado_pte.csv": "id_entidad=external_id nombre=name categoria=kind tipo_pod= tipo_label=",
    "actors/mining_facilities_pe_cl_ar_bo.csv": "facility_id=external_id name=name aliases=other_names iso3=country province=province lat=latitude lon=longitude types=kind commodities=activity status= company_mentions= operators= owners= operator_link= canonical_name= confidence=",
    "actors/ror_orgs_spanish_speaking.csv": "ror_id=external_id name=name country=country city=place lat=latitude lon=longitude types=kind labels_other_lang=other_names aliases=other_names acronyms=acronym website=website domains= established=founded status=",
    "actors/universities_pe_cl.csv": "name=name country=country iso2= state=region domains= web=website",
    "actors/raw/DATA_CONSOLIDADA_120.csv": "Proveedor=name RUCProveedor=tax_id",
    "actors/raw/DATA_CONSOLIDADA_520.csv": "PROVEEDOR=name RUCPROV=tax_id",
    "actors/raw/DATOS_api_oct.csv": "Proveedor=name RUCProveedor=tax_id",
    "linkage/sheets/camara.csv": "N°=|Empresa asociada=name|Nombre comercial=trade_name|Rubro=activity|Dirección=address|Ubicación=place|Teléfonos=phone|Página web=website|RUC=tax_id",
    "linkage/sheets/concesiones.csv": "CODIGO=external_id DERECHO= TITULAR=name DEPA=region",
    "linkage/sheets/encuesta.csv": "Marca temporal=|Región=region|Nombre de la empresa o institución=name|RUC=tax_id|Celular=phone|Correo=email|Página web=website|¿A qué se dedica?=activity",
    "linkage/sheets/feria.csv": "Stand= Expositor=name País=country Website=website E-mail=email Ciudad=place Productos=activity",
    "linkage/sheets/padron.csv": "RUC=tax_id RAZON_SOCIAL=name NOMBRE_COMERCIAL=trade_name RAZON_SOCIAL_ANTERIOR=other_names ESTADO= DEPARTAMENTO=region PROVINCIA=province DISTRITO=district DIRECCION=address",
    "linkage/sheets/proveedores.csv": "COD_ACREEDOR=external_id|NOMBRE 1=name|NIF=tax_id|POBLACION=place|TELEF_1=phone|CORREO=email|GRUPO_ART=activity",
    "linkage/sheets/universidad.csv": "Institución=name|Sigla=acronym|Tipo=kind|Ciudad/Región=place|Contacto=|Correo electrónico=email|Convenio=",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_real_sheets_are_understood_column_by_column(name):
    sheet = open_real(name)
    suggested = {
        h: str(s.field or "") for h, s in suggest_mapping(sheet.headers, sheet.sample()).items()
    }
    written = EXPECTED[name]
    expected = dict(pair.split("=") for pair in written.split("|" if "|" in written else " "))
    assert {h: f for h, f in suggested.items() if f} == {h: f for h, f in expected.items() if f}


def test_values_tell_where_the_header_does_not(tmp_path):
    text = "X1,X2,X3,X4,X5,X6,X7\n" + "".join(
        f"{ruc},Empresa {n} S.A.C.,info{n}@empresa.pe,www.empresa{n}.pe,95412312{n},-12.04{n},-77.03{n}\n"
        for n, ruc in enumerate(["20100010721", "20100017491", "20100018625"])
    )
    sheet = open_bytes(tmp_path, text)
    suggestions = suggest_mapping(sheet.headers, sheet.sample())
    assert [str(s.field) for s in suggestions.values()] == [
        "tax_id", "name", "email", "website", "phone", "latitude", "longitude",
    ]  # fmt: skip
    assert {s.code for s in suggestions.values()} == {"content"} and all(
        s.reason for s in suggestions.values()
    )


def test_one_field_goes_to_one_column_except_other_names():
    suggestions = suggest_mapping(
        ["RUC", "RUC (2)", "alias", "otros nombres"], [["20100010721", "20100017491", "a", "b"]] * 3
    )
    assert [str(s.field or "") for s in suggestions.values()] == [
        "tax_id",
        "",
        "other_names",
        "other_names",
    ]
    assert suggestions["RUC (2)"].code == "taken"


def test_a_header_that_promises_what_the_values_do_not_hold_loses_to_the_column_that_does():
    rows = [["ver anexo", "20100010721"], ["por revisar", "20100017491"]]
    suggestions = suggest_mapping(["RUC", "Documento"], rows)
    assert suggestions["Documento"].field == "tax_id" and suggestions["RUC"].field is None


def test_people_dates_and_amounts_are_not_taken_for_organisations():
    headers = ["Nombre del contacto", "Fecha", "Monto", "Ubigeo", "Año"]
    rows = [
        ["Ana Ríos", "2020-01-02", "1500.50", "150101", "2020"],
        ["Luis Paz", "2020-03-02", "99.10", "040101", "2021"],
    ]
    assert [s.field for s in suggest_mapping(headers, rows).values()] == [None] * 5
