"""Addresses of agreements, of what suppliers went through, and of the programme."""

from django.urls import path

from minka.innovation.web import (
    agreement_begin,
    agreement_plan,
    agreement_reports,
    agreement_text,
    agreements,
    programme,
    supplier_paths,
)

ONE = "acuerdos/<uuid:public_id>/"
REPORT = "acuerdos/informes/<uuid:public_id>/"

AGREEMENTS = [
    path("acuerdos/", agreements.agreements, name="agreements"),
    path("acuerdos/nuevo/", agreement_begin.agreement_new, name="agreement_new"),
    path("acuerdos/registrar/", agreement_begin.agreement_register, name="agreement_register"),
    path("acuerdos/proveedores/", supplier_paths.suppliers, name="supplier_paths"),
    path(
        "acuerdos/proveedores/<str:public_id>/",
        supplier_paths.supplier,
        name="supplier_path",
    ),
    path(ONE, agreements.agreement, name="agreement"),
    path(f"{ONE}texto/", agreement_text.agreement_text, name="agreement_text"),
    path(f"{ONE}respuesta/", agreement_text.agreement_answer, name="agreement_answer"),
    path(f"{ONE}versiones/", agreement_text.agreement_versions, name="agreement_versions"),
    path(f"{ONE}plan/", agreement_plan.agreement_plan, name="agreement_plan"),
    path(f"{ONE}resultados/", agreement_plan.agreement_results, name="agreement_results"),
    path(f"{ONE}resultados/<int:pk>/evidencia/", agreement_plan.trl_file, name="trl_file"),
    path(f"{ONE}archivos/<slug:what>/", agreements.agreement_file, name="agreement_file"),
    path(f"{ONE}sello/<int:number>/", agreements.agreement_seal, name="agreement_seal"),
    path(f"{ONE}hitos/<int:pk>/informe/", agreement_reports.report_start, name="report_start"),
    path(REPORT, agreement_reports.report, name="report"),
    path(f"{REPORT}guardar/", agreement_reports.report_autosave, name="report_autosave"),
    path(f"{REPORT}archivos/<uuid:uid>/", agreement_reports.deliverable, name="deliverable"),
]
PROGRAMME = [
    path("programa/", programme.programme, name="programme"),
    path("programa/informe.pdf", programme.programme_pdf, name="programme_pdf"),
    path("programa/datos/", programme.open_contracting, name="open_contracting"),
    path("programa/ocds.json", programme.ocds, name="ocds"),
]
