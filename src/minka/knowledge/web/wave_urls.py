"""Addresses of waves: plan, invite, watch, results, sheets."""

from django.urls import path

from minka.knowledge.web import survey_silence, wave_results, wave_sheets, waves

WAVES = "encuestas/<slug:public_id>/oleadas"
WAVE = f"{WAVES}/<int:pk>"
ONE = f"{WAVE}/respuestas/<int:response>"

wave_urlpatterns = [
    path(f"{WAVES}/", waves.survey_waves, name="survey_waves"),
    path(f"{WAVES}/nueva/", waves.wave_new, name="wave_new"),
    path(f"{WAVE}/", waves.wave, name="wave"),
    path(f"{WAVE}/invitar/", waves.wave_invite, name="wave_invite"),
    path(f"{WAVE}/cuotas/", waves.wave_quotas, name="wave_quotas"),
    path(f"{WAVE}/llamadas/", waves.wave_calls, name="wave_calls"),
    path(f"{WAVE}/respuestas/", waves.wave_responses, name="wave_responses"),
    path(f"{WAVE}/cerrar/", waves.wave_close, name="wave_close"),
    path(f"{WAVE}/reabrir/", waves.wave_reopen, name="wave_reopen"),
    path(f"{WAVE}/resultados/", wave_results.wave_results_page, name="wave_results"),
    path(f"{WAVE}/resultados/<slug:kind>/", wave_results.wave_export, name="wave_export"),
    path(f"{WAVE}/planilla/", wave_sheets.wave_sheet, name="wave_sheet"),
    path(
        f"{WAVE}/planilla/<slug:language>.<slug:kind>",
        wave_sheets.wave_sheet_download,
        name="wave_sheet_download",
    ),
    path(f"{WAVE}/planilla/<int:file>/", wave_sheets.wave_sheet_check, name="wave_sheet_check"),
    path(f"{ONE}/no-ubicada/", waves.response_unreached, name="response_unreached"),
    path(f"{ONE}/quitar/", waves.response_take_back, name="response_take_back"),
    path(
        "encuesta/<str:token>/no-escribir/",
        survey_silence.survey_silence,
        name="survey_silence",
    ),
]
