import hashlib

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory, Password

from minka.core.models import RoleGrant, StoredFile, User

PASSWORD = "una clave larga 1"


class UserFactory(DjangoModelFactory):
    """`roles=["auditor"]` grants cluster roles; every account's e-mail is verified."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@empresa.example")
    full_name = factory.Sequence(lambda n: f"Persona Apellido {n}")
    password = Password(PASSWORD)
    language = "es"

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or ():
            RoleGrant.objects.create(user=self, role=role)


class StoredFileFactory(DjangoModelFactory):
    """A small text file, really in the storage."""

    class Meta:
        model = StoredFile

    class Params:
        bytes_ = b"contenido de prueba"

    name = "anexo.txt"
    media_type = "text/plain"
    uploaded_by = factory.SubFactory(UserFactory)
    size_bytes = factory.LazyAttribute(lambda o: len(o.bytes_))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.bytes_).hexdigest())
    content = factory.LazyAttribute(lambda o: ContentFile(o.bytes_, name=o.name))
