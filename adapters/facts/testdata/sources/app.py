"""A service that keeps orders."""
import argparse
import logging
import os

import click
import typer
from fastapi import APIRouter, FastAPI
from flask import Blueprint
from pydantic_settings import BaseSettings, SettingsConfigDict

__version__ = "2.4.1"

DEFAULT_PORT = 8000
logger = logging.getLogger(__name__)
router = APIRouter(prefix="/api/v1")
pages = Blueprint("pages", __name__, url_prefix="/pages")
app = FastAPI()


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ORDERS_")

    database_url: str
    pool_size: int = 10
    debug: bool = False


class OrderStore:
    """Keeps orders."""

    limit = 100

    def __init__(self, url):
        self.url = url

    async def find(self, order_id: int):
        def inner():
            return None
        if order_id < 0:
            raise ValueError("order id must not be negative")
        return inner()


@router.get("/orders/{order_id}")
async def read_order(order_id: int):
    return {}


@router.post("/orders")
def create_order():
    logger.info("Order %s was created by %s", 1, 2)


@app.delete("/orders/{order_id}/items/{item}")
def delete_item():
    pass


@pages.route("/about", methods=["GET", "HEAD"])
def about():
    timeout = os.environ.get("REQUEST_TIMEOUT", "30")
    secret = os.environ["SECRET_KEY"]
    level = os.getenv("LOG_LEVEL")
    return timeout, secret, level


@click.command("export-orders")
@click.option("--format", "-f", default="csv", envvar="EXPORT_FORMAT", help="Output format.")
@click.option("--compress/--no-compress", default=True)
def export(format, compress):
    # click.option("--commented", default=1)
    click.echo("done")


cli = typer.Typer()


@cli.command()
def sync_all(
    max_items: int = typer.Option(50, "--max-items", "-m", envvar="SYNC_MAX"),
    dry_run: bool = typer.Option(False),
):
    print("Synchronising all the orders now")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-p", "--port", type=int, default=9000)
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="talk more",
    )
    parser.add_argument("--config", default=os.path.join("a", "b"))
    parser.add_argument("file")
    sub = parser.add_subparsers()
    sub.add_parser("migrate")
