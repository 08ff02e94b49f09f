"""The way in for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minka.config.settings.prod")
application = get_wsgi_application()
