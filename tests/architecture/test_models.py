"""What the database and the models have to agree on."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command

OURS = [model for model in apps.get_models() if model.__module__.startswith("minka.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_constraints_carry_the_name_of_their_model(model):
    prefix = f"{model._meta.model_name}_"
    names = [constraint.name for constraint in model._meta.constraints]
    assert [name for name in names if not name.startswith(prefix)] == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_models_say_who_they_are(model):
    assert "__str__" in vars(model) or any(
        "__str__" in vars(base)
        for base in model.__mro__[1:]
        if base.__module__.startswith("minka.")
    )


@pytest.mark.django_db
def test_no_migration_is_missing():
    output = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=output)
    except SystemExit:
        pytest.fail(output.getvalue())
