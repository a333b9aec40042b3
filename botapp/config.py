"""Settings: read once from BOTAPP_* variables (or `.env`), then passed down as values."""

import hashlib
import ipaddress
import os
import secrets
import tempfile
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from botapp.policy.model_budget import ModelCaps

_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class Settings(BaseSettings):
    """Every setting has a default that works on a fresh machine. Descriptions become `.env.example`."""

    model_config = SettingsConfigDict(env_prefix="BOTAPP_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("data"), description="Where the database, Redis files and the secret key live.")
    database_url: str = Field("", description="postgresql://user:password@host/name. Empty: SQLite in the data folder.")
    redis_url: str = Field("", description="redis://host:6379/0. Empty: a Redis of our own, in the data folder.")
    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the web server listens on.")
    public_url: str = Field("", description="How people reach the web server: https://interviews.example.com")
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs cookies. Empty: made once and kept in the data folder."
    )
    workspace_name: str = Field("Your company", description="The employer's name, as candidates read it.")
    owner_email: str = Field("", max_length=320, description="The owner's e-mail, by which Slack knows them.")
    llm_model: str = Field("", description="Name of the language model. Empty: the rules engine does everything.")
    llm_base_url: str = Field("", description="Base URL of an OpenAI-compatible endpoint.")
    llm_api_key: SecretStr = Field(SecretStr(""), description="Key for that endpoint.")
    llm_timeout: float = Field(20.0, gt=0, le=300, description="Seconds to wait for one model call.")
    llm_daily_budget: float = Field(0.0, ge=0, description="Model cost a day after which rules take over. 0: no limit.")
    llm_daily_tokens: int = Field(0, ge=0, description="The same in tokens, where prices are not known. 0: no limit.")
    llm_interview_budget: float = Field(
        0.0, ge=0, description="Model cost of one interview after which rules take over. 0: no limit."
    )
    judge_passes: int = Field(3, ge=1, le=9, description="How often the model judges one answer; the median counts.")
    llm_price_in: float = Field(0.0, ge=0, description="Price of a million input tokens.")
    llm_price_out: float = Field(0.0, ge=0, description="Price of a million output tokens.")
    turn_workers: int = Field(2, ge=1, le=64, description="Worker processes that run conversation turns.")
    turns_at_once: int = Field(8, ge=1, le=64, description="Conversations a worker runs at once with a model engine.")
    web_threads: int = Field(240, ge=8, le=4000, description="Threads of the web server. Every open page holds one.")
    max_streams: int = Field(200, ge=1, le=3900, description="Open pages served by push; above it pages poll.")
    region: str = Field(
        "US",
        pattern="^[A-Z]{2}$",
        description="Country of phone numbers typed without one (US, DE), for a new workspace; changed under Team.",
    )
    help_contact: str = Field("", max_length=320, description="Who HELP tells people to write to or call.")
    texting_from: str = Field(
        "09:00", pattern=_CLOCK, description="Text messages nobody asked for leave from this hour, where the person is,"
    )
    texting_until: str = Field("20:00", pattern=_CLOCK, description="... until this one.")
    twilio_account_sid: str = Field("", description="Twilio account for text messages. Empty: none are sent.")
    twilio_auth_token: SecretStr = Field(SecretStr(""), description="Its auth token; webhooks are signed with it.")
    twilio_auth_token_old: SecretStr = Field(
        SecretStr(""), description="The token before, still accepted while you rotate. Empty otherwise."
    )
    twilio_from: str = Field("", description="Numbers we text from, with commas between: +15551230000,+15551230001")
    twilio_messaging_service_sid: str = Field("", description="Messaging Service to send by, instead of a number.")
    twilio_handles_opt_out: bool = Field(
        True, description="Twilio answers STOP, START and HELP itself (its default). False: we do."
    )
    twilio_base_url: str = Field(
        "", description="A Twilio on this machine, for development: http://127.0.0.1:... only. Empty: the real one."
    )
    sms_segments_per_second: float = Field(1.0, gt=0, le=1000, description="What one number of ours may send.")
    sms_settle: float = Field(4.0, ge=0, le=12, description="Seconds a text waits for more: people send several.")
    sms_segment_price: float = Field(0.0083, ge=0, description="Price of one segment, shown beside messages.")
    slack_client_id: str = Field("", description="Slack app that workspaces are connected by. Empty: by token only.")
    slack_client_secret: SecretStr = Field(SecretStr(""), description="Its secret.")
    slack_signing_secret: SecretStr = Field(SecretStr(""), description="What Slack signs its calls with. Empty: none.")
    slack_signing_secret_old: SecretStr = Field(
        SecretStr(""), description="The one before, still accepted while you rotate. Empty otherwise."
    )
    slack_bot_token: SecretStr = Field(
        SecretStr(""), description="Bot token of your own Slack workspace: no installing by link needed."
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="App token (xapp-...) for Socket Mode: Slack without a public address."
    )
    slack_base_url: str = Field(
        "", description="A Slack on this machine, for development: http://127.0.0.1:.../api/ only. Empty: the real one."
    )
    token_keys: SecretStr = Field(
        SecretStr(""), description="Keys that seal Slack's tokens, newest first: `botapp slack key`. Empty: derived."
    )
    fetch_loopback: bool = Field(
        False, description="Recruiters may name pages of this machine too. Only while nobody else can reach it."
    )
    phone_simulator: bool = Field(
        True, description="A phone at /dev/phone while no public URL and no Twilio account are set."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @property
    def base_url(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'botapp.db').resolve()}"

    @property
    def redis(self) -> str:
        """Embedded Redis listens on a socket in the data folder: no port, no password, this user only."""
        return self.redis_url or f"unix://{_socket_path(self.data_dir.resolve())}"

    @property
    def model_caps(self) -> ModelCaps:
        """What the language model may cost."""
        return ModelCaps(self.llm_interview_budget, self.llm_daily_budget, self.llm_daily_tokens)

    @property
    def text_numbers(self) -> tuple[str, ...]:
        """The numbers we text from, as they were written, without blanks."""
        return tuple(filter(None, ("".join(number.split()) for number in self.twilio_from.split(","))))

    @property
    def uses_slack(self) -> bool:
        """Whether Slack can call us, by signed calls or by a socket."""
        return bool(self.slack_signing_secret.get_secret_value() or self.slack_app_token.get_secret_value())

    @property
    def simulates_phone(self) -> bool:
        """Whether `botapp up` plays the phone network itself: on this machine only, while no account is set."""
        return self.phone_simulator and self.in_development and not self.twilio_account_sid

    @property
    def phone_network(self) -> str:
        """Where the phone network of this machine listens, for the page that looks like a phone; "" for none."""
        return self.twilio_base_url if self.phone_simulator and self.in_development else ""

    @property
    def in_development(self) -> bool:
        """Whether only this machine can reach us."""
        return not self.public_url and _is_loopback(self.host)

    @property
    def embedded_redis(self) -> bool:
        return not self.redis_url

    def signing_key(self) -> str:
        """The key for cookies; on a fresh machine made once, readable by this user only."""
        if self.secret_key.get_secret_value():
            return self.secret_key.get_secret_value()
        path = self.data_dir / "secret_key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            try:
                path.hardlink_to(fresh)
            except FileExistsError:
                pass  # another process of ours was quicker: its key is the key
            finally:
                fresh.unlink()
        return path.read_text()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _socket_path(data_dir: Path) -> Path:
    """Unix socket paths end at 107 bytes: a data folder too deep gets a short name in the temporary folder."""
    inside = data_dir / "redis.sock"
    if len(os.fsencode(inside)) <= 100:
        return inside
    return Path(tempfile.gettempdir()) / f"botapp-{hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]}.sock"


def env_example() -> str:
    """The text of `.env.example`: every setting with its meaning and default, all commented out."""
    lines = ["# Settings of botapp. Copy to .env and change what you need; everything has a working default.", ""]
    for name, field in Settings.model_fields.items():
        default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
        lines += [f"# {field.description}", f"# BOTAPP_{name.upper()}={default}", ""]
    return "\n".join(lines)
