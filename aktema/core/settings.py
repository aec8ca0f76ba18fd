"""Settings of one installation, read from the environment alone and refused at start when wrong."""

import base64
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

KEY_BYTES = 32


def _check_key(value: SecretStr) -> SecretStr:
    try:
        raw = base64.urlsafe_b64decode(value.get_secret_value())
    except ValueError as error:
        raise ValueError("must be url-safe base64") from error
    if len(raw) != KEY_BYTES:
        raise ValueError(f"must hold {KEY_BYTES} bytes")
    return value


Key = Annotated[SecretStr, AfterValidator(_check_key)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class SmtpTls(StrEnum):
    """How the way to the mail server is encrypted."""

    ALWAYS = "always"
    STARTTLS = "starttls"
    NONE = "none"


class Settings(BaseSettings):
    """One municipality's installation. Every variable is prefixed AKTEMA_, but for DATABASE_URL."""

    model_config = SettingsConfigDict(env_prefix="AKTEMA_", frozen=True, populate_by_name=True)

    data_folder: Path
    secret_key: Key
    encryption_key: Key
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    demo: bool = False
    json_logs: bool = True

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: SmtpTls = SmtpTls.STARTTLS
    mail_from: str = ""

    municipality: str = "Kommunen"
    primary_colour: Colour = "#0b5a5e"
    accent_colour: Colour = "#f2a65a"

    youngest_age: int = Field(default=21, ge=16, le=100)
    oldest_age: int = Field(default=64, ge=16, le=100)
    days_without_step: int = Field(default=30, ge=1)
    days_without_suggestion: int = Field(default=60, ge=1)
    position_days: int = Field(default=180, ge=7, le=730)
    introduction_reminder_working_days: int = Field(default=3, ge=1, le=20)
    introduction_close_working_days: int = Field(default=10, ge=2, le=60)
    consent_days: int = Field(default=90, ge=1, le=366)

    order_answer_working_days: int = Field(default=5, ge=1, le=60)
    plan_weeks: int = Field(default=4, ge=1, le=52)
    first_follow_up_opens_months: int = Field(default=3, ge=0, le=24)
    first_follow_up_months: int = Field(default=5, ge=1, le=24)
    follow_up_months: int = Field(default=12, ge=1, le=24)
    follow_up_reminder_days: int = Field(default=30, ge=0, le=180)
    decision_ending_days: int = Field(default=90, ge=1, le=365)
    unexecuted_months: int = Field(default=3, ge=1, le=12)

    session_idle_minutes: int = Field(default=60, ge=5)
    session_hours: int = Field(default=12, ge=1)
    person_session_minutes: int = Field(default=45, ge=5, le=720)
    handed_over_minutes: int = Field(default=30, ge=5, le=120)
    invitation_days: int = Field(default=7, ge=1)
    password_length: int = Field(default=14, ge=8)
    password_memory_kib: int = Field(default=65536, ge=8)
    sign_in_attempts: int = Field(default=10, ge=1, description="per account and per five minutes")
    background_jobs: bool = True
    share_index: bool = True

    @model_validator(mode="after")
    def _check_mail(self) -> Self:
        if self.smtp_host and not self.mail_from:
            raise ValueError("AKTEMA_MAIL_FROM is missing: a mail server wants to know who sends")
        return self

    @model_validator(mode="after")
    def _check_ages(self) -> Self:
        if self.youngest_age > self.oldest_age:
            raise ValueError("AKTEMA_YOUNGEST_AGE is above AKTEMA_OLDEST_AGE")
        return self

    @model_validator(mode="after")
    def _check_window(self) -> Self:
        if self.first_follow_up_opens_months >= self.first_follow_up_months:
            raise ValueError("AKTEMA_FIRST_FOLLOW_UP_OPENS_MONTHS is not below AKTEMA_FIRST_FOLLOW_UP_MONTHS")
        return self

    @property
    def database(self) -> str:
        """The SQLAlchemy URL: DATABASE_URL, or an SQLite file in the data folder."""
        url = self.database_url or f"sqlite:///{self.data_folder / 'aktema.db'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def make_key() -> str:
    """A fresh random key in the form the settings ask for."""
    import secrets

    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
