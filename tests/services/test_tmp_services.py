import pytest
from django.core.mail import EmailMessage, get_connection
def test_smtp(smtp_server):
    c=get_connection("django.core.mail.backends.smtp.EmailBackend",host=smtp_server.host,port=smtp_server.port)
    EmailMessage("Asunto ñ","hola","a@x.pe",["b@x.pe"],connection=c).send()
    assert smtp_server.wait_for(to="b@x.pe",subject="ñ").get_content().strip()=="hola"
@pytest.mark.django_db
def test_jobs():
    from tests.services.jobs import run_jobs
    assert run_jobs()==0
@pytest.mark.django_db(transaction=True)
def test_tx():
    from minka.core.models import User
    from minka.core.audit import record
    u=User.objects.create_user("a@b.pe","x"); record(by=u,verb="x.y",obj=u)
@pytest.mark.django_db(transaction=True)
def test_tx2():
    from minka.core.models import LedgerEntry
    from minka.core.ledger import unguarded_triggers
    assert LedgerEntry.objects.count()==0 and unguarded_triggers()==[]
