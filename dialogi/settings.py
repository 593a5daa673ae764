"""Settings: wiring only. Everything that differs between installations comes from the environment and is refused when it makes no sense."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from dialogi.commons.tiles import reach, tile_sources
from dialogi.environment import boolean, choice, counting_folder, home_folder, kept_secret, listed, networks, text

BASE = Path(__file__).resolve().parent
HOME = home_folder(BASE.parent / "var")
DEBUG = boolean("DIALOGI_DEBUG", default=False)
TESTING = boolean("DIALOGI_TESTING", default=False)
DEMO = boolean("DIALOGI_DEMO", default=False)
SECRET_KEY = kept_secret(HOME / "secret-key", "DIALOGI_SECRET_KEY")
SECRET_KEY_FALLBACKS = listed("DIALOGI_SECRET_KEY_FALLBACKS")
PERSONAL_KEYS = listed("DIALOGI_PERSONAL_KEYS") or [kept_secret(HOME / "personal-key", "DIALOGI_PERSONAL_KEY")]
SITE_ADDRESS = text("DIALOGI_ADDRESS", default="http://localhost:8000")
ALLOWED_HOSTS = listed("DIALOGI_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
IS_SECURE = SITE_ADDRESS.startswith("https://")

MUNICIPALITY = {
    "name_sv": text("DIALOGI_NAME_SV", default="Korsholm"),
    "name_fi": text("DIALOGI_NAME_FI", default="Mustasaari"),
    "name_en": text("DIALOGI_NAME_EN", default="Korsholm"),
}

INSTALLED_APPS = [
    "dialogi.commons",
    "dialogi.people",
    "dialogi.services",
    "dialogi.decisions",
    "dialogi.figures",
    "dialogi.voices",
    "dialogi.consultations",
    "dialogi.systems",
    "dialogi.reports",
    "dialogi.portal",
    "dialogi.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "dialogi.commons.watching.requests.NamedRequests",
    "dialogi.commons.middleware.HouseHeaders",
    "dialogi.commons.middleware.RequestBounds",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dialogi.commons.public_door.PublicDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dialogi.commons.middleware.ActorMiddleware",
    "dialogi.commons.middleware.RefusalMiddleware",
    "dialogi.people.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dialogi.urls"
WSGI_APPLICATION = "dialogi.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dialogi.commons.context.house",
            ],
            "builtins": ["dialogi.commons.templatetags.dialogi", "dialogi.commons.templatetags.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE = choice("DIALOGI_DATABASE", ["sqlite", "postgresql"], default="sqlite")
if DATABASE == "postgresql":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": text("DIALOGI_DATABASE_NAME", default="dialogi"),
            "USER": text("DIALOGI_DATABASE_USER", default="dialogi"),
            "PASSWORD": text("DIALOGI_DATABASE_PASSWORD", default=""),
            "HOST": text("DIALOGI_DATABASE_HOST", default="127.0.0.1"),
            "PORT": text("DIALOGI_DATABASE_PORT", default="5432"),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(HOME / "dialogi.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_ADDRESS = text("DIALOGI_CACHE", default="")
# Pages have a cache of their own, so that a flood of addresses cannot push out the counters of the limits. Those are shared
# by all processes of this machine even without a server.
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "dialogi.commons.caching.FileCache", "LOCATION": str(HOME / "cache.sqlite3")},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 600}},
}
if CACHE_ADDRESS:
    CACHES = {
        "default": {
            "BACKEND": "dialogi.commons.cache_server.ServerCache",
            "LOCATION": CACHE_ADDRESS,
            "KEY_PREFIX": "default",
            "OPTIONS": {"spare": "file", "spare_location": str(HOME / "cache.sqlite3")},
        },
        "pages": {"BACKEND": "dialogi.commons.cache_server.ServerCache", "LOCATION": CACHE_ADDRESS, "KEY_PREFIX": "pages"},
    }
PUBLIC_DOOR = boolean("DIALOGI_PUBLIC_DOOR", default=not DEBUG)
TRUSTED_PROXIES = int(text("DIALOGI_PROXIES", default="0"))
# A proxy that ends TLS speaks plain HTTP to us; without these every form would be refused as coming from another site.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS.rstrip("/")]
FORM_LEAST_SECONDS = 3

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("fi", _("Finnish")), ("en", _("English"))]
USE_I18N = True
FORMAT_MODULE_PATH = "dialogi.commons.formats"
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
SITE_ID = 1

STATIC_URL = "/static/"
STATIC_ROOT = str(HOME / "static")
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = str(HOME / "files")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG or TESTING else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
ATTACHMENT_MAX_BYTES = 10_000_000
CLAMD_SOCKET = text("DIALOGI_CLAMD", default="")
MAP_TILES_URL = text("DIALOGI_MAP_TILES", default="")
MAP_TILES_ATTRIBUTION = text("DIALOGI_MAP_ATTRIBUTION", default="")
MAP_REACH = reach(text("DIALOGI_MAP_REACH", default="62.80,20.55,63.62,22.45"))
MAP_START = (63.135, 21.60, 10)

AUTH_USER_MODEL = "commons.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:me"
ACCOUNT_ADAPTER = "dialogi.people.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "dialogi.people.sign_in.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {
    "request_login_code": "dialogi.people.forms.sign_in.RequestCode",
    "confirm_login_code": "dialogi.people.forms.sign_in.ConfirmCode",
    "confirm_email_verification_code": "dialogi.people.forms.sign_in.ConfirmEmail",
    "signup": "dialogi.people.forms.sign_in.Signup",
    "add_email": "dialogi.people.forms.sign_in.ChangeEmail",
}
MFA_ADAPTER = "dialogi.people.sign_in.MFAAdapter"
MFA_FORMS = {
    "authenticate": "dialogi.people.forms.sign_in.SecondFactor",
    "reauthenticate": "dialogi.people.forms.sign_in.SecondFactorAgain",
    "activate_totp": "dialogi.people.forms.sign_in.ActivateApp",
    "add_webauthn": "dialogi.people.forms.sign_in.AddPasskey",
    "edit_webauthn": "dialogi.people.forms.sign_in.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
OIDC_SERVER = text("DIALOGI_OIDC_SERVER", default="")
OIDC_IS_TRUSTED = boolean("DIALOGI_OIDC_TRUSTED", default=False)
OIDC_HAS_SECOND_FACTOR = boolean("DIALOGI_OIDC_HAS_SECOND_FACTOR", default=False)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = OIDC_IS_TRUSTED
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = OIDC_IS_TRUSTED
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "staff",
                "name": text("DIALOGI_OIDC_NAME", default="Korsholm"),
                "client_id": text("DIALOGI_OIDC_CLIENT", default=""),
                "secret": text("DIALOGI_OIDC_SECRET", default=""),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

SESSION_COOKIE_NAME = "__Host-session" if IS_SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 63_072_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_SSL_REDIRECT = boolean("DIALOGI_REDIRECT_TO_HTTPS", default=False)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "dialogi.commons.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *tile_sources(MAP_TILES_URL)],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", *([OIDC_SERVER.split("/.well-known", 1)[0]] if OIDC_SERVER else [])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL_BACKEND = text(
    "DIALOGI_EMAIL_BACKEND",
    default="django.core.mail.backends.smtp.EmailBackend" if text("DIALOGI_SMTP_HOST", default="") else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = str(HOME / "mail")
EMAIL_HOST = text("DIALOGI_SMTP_HOST", default="")
EMAIL_PORT = int(text("DIALOGI_SMTP_PORT", default="25"))
EMAIL_HOST_USER = text("DIALOGI_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = text("DIALOGI_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = boolean("DIALOGI_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("DIALOGI_MAIL_FROM", default="dialogi@localhost")
OPERATOR_ADDRESSES = listed("DIALOGI_OPERATOR")
OPERATOR_LANGUAGE = choice("DIALOGI_OPERATOR_LANGUAGE", ["sv", "fi", "en"], default="sv")
BACKUP_HOURS = int(text("DIALOGI_BACKUP_HOURS", default="26"))
METRICS_TOKEN = text("DIALOGI_METRICS_TOKEN", default="")
METRICS_NETWORKS = networks("DIALOGI_METRICS_NETWORKS")
# Each process counts for itself, in files that all of them read; the library wants to know where before it is imported.
METRICS_FOLDER = counting_folder(HOME / "metrics") if METRICS_TOKEN or METRICS_NETWORKS else ""
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Behind a proxy it is the proxy that leads from http:// to https://; the others are told by the check.
SILENCED_SYSTEM_CHECKS = ["security.W008"] if TRUSTED_PROXIES else []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "dialogi.commons.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": choice("DIALOGI_LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], default="WARNING")},
}
