"""The environment, read once. A value that makes no sense stops the program with its name."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from shop.times import TIMEZONE as TIMEZONE  # noqa: PLC0414  # passed on

ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What every process reads. Each field is an environment variable: `SHOP_` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="SHOP_", extra="ignore")

    database_url: str = f"sqlite:///{ROOT / 'var' / 'shop.db'}"
    name: str = "云栖小铺"
    service_name: str = "小二"
    var: Path = ROOT / "var"
    """Where pictures and the database of the default set-up live."""


class DeskSettings(Settings):
    """What only the desk reads."""

    secret: SecretStr = Field(min_length=32)
    """Signs the buyers' tokens; no default, so that no shop runs on a known one."""
    worker_url: str = "http://127.0.0.1:5055"
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8000, ge=1, le=65535)
    redis_url: str = ""
    """Set where several desks run: python-socketio's manager."""
    webhook_hosts: str = ""
    """Hosts, comma between them, that events may be pushed to over plain http and inside the own network."""
    demo: bool = False
    """Whether the storefront lets a visitor pick a demo buyer. Never on a real shop."""

    @property
    def own_hosts(self) -> frozenset[str]:
        return frozenset(host.strip().lower() for host in self.webhook_hosts.split(",") if host.strip())


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """This process's settings; raises pydantic.ValidationError that names the variable."""
    return Settings()


@lru_cache(maxsize=1)
def load_desk_settings() -> DeskSettings:
    """The same with the desk's own."""
    return DeskSettings()
