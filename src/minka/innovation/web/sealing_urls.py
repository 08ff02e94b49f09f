"""Addresses of sealing: of the team, of custodians, and of whoever checks a receipt."""

from django.urls import path

from minka.innovation.web import (
    custody,
    opening,
    proposals,
    receipts,
    receipts_public,
    resharing,
    sealing,
)

ONE = "desafios/<slug:slug>/"
PROPOSAL = "propuestas/<uuid:public_id>/"
RECEIPT = "constancias/<str:number>/"

SEALING = [
    path(f"{ONE}sello/", sealing.sealing, name="sealing"),
    path(
        f"{ONE}sello/custodios/<int:pk>/quitar/", sealing.custodian_remove, name="custodian_remove"
    ),
    path(f"{ONE}plazos/", sealing.more_time, name="more_time"),
    path(f"{ONE}custodios-nuevos/", resharing.resharing, name="resharing"),
    path(f"{ONE}apertura/", opening.opening, name="opening"),
    path("custodia/", custody.custodies, name="custodies"),
    path("custodia/<int:pk>/", custody.custody, name="custody"),
    path(f"{PROPOSAL}conservar/", proposals.proposal_keep, name="proposal_keep"),
    path("constancias/comprobar/", receipts_public.receipt_check, name="receipt_check"),
    path(
        "constancias/comprobar/sin-conexion.html",
        receipts_public.receipt_checker,
        name="receipt_checker",
    ),
    path(".well-known/minka-receipt-key.txt", receipts_public.receipt_key, name="receipt_key"),
    path(f"{RECEIPT}constancia.json", receipts.receipt_signed, name="receipt_signed"),
    path(f"{RECEIPT}constancia.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path(f"{RECEIPT}partes/<int:position>/", receipts.receipt_part, name="receipt_part"),
]
