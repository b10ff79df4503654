"""The loader's own copy of the warehouse: opened when the first change comes, published whole, cleared at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import duckdb

from warehouse import kpi_history, ledger
from warehouse.connect import attach
from warehouse.errors import WarehouseError
from warehouse.migrate import migrate
from warehouse.workplace import Workplace, copy_file, read_json, replace, wal_of, write_json

BROKEN = (duckdb.OperationalError, duckdb.InternalError, duckdb.FatalException, OSError)
"""After one of these a database refuses everything, or its file has grown by what did not become part of it."""


class Desk:
    """A copy of the analysts' file (or a new one) in the hidden folder, for the holder of the writer's lock."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.connection: duckdb.DuckDBPyConnection | None = None
        self.unpublished = False

    def open(self) -> duckdb.DuckDBPyConnection:
        """The connection, with the shape of this code. Raises `WarehouseError` where the file lost rows, `OSError`."""
        if self.connection is None:
            fresh = not self.place.loading.exists()
            if fresh:
                self._copy()
            self.connection = attach(self.place.loading, read_only=False)
            try:
                self._prepare(self.connection, fresh)
            except BaseException:
                self.close()
                raise
        return self.connection

    def _copy(self) -> None:
        """The published file, with what another program left in its write-ahead log."""
        path = self.place.path
        if not path.is_file() or path.stat().st_size == 0:
            return
        if wal_of(path).exists():
            copy_file(wal_of(path), wal_of(self.place.loading))
        copy_file(path, self.place.copying)
        self.place.copying.replace(self.place.loading)

    def _prepare(self, connection: duckdb.DuckDBPyConnection, fresh: bool) -> None:
        held = connection.execute(
            "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'house' AND table_name = 'ledger'"
            " AND database_name = current_database()"
        ).fetchall()
        if fresh and held and (lost := ledger.differences(connection, digests=False)):
            raise WarehouseError(
                f"{self.place.path}: the file is damaged: {lost[0]}; restore a copy, or move it away and ingest the"
                " packs again"
            )
        if migrate(connection):
            # A migration may change what the rows are; the ledger counts them as they are now.
            connection.execute("BEGIN").fetchall()
            ledger.write(connection)
            connection.execute("COMMIT").fetchall()
            self.unpublished = True

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """What the block does is done whole, or not at all where it raises.

        Where the database itself fails (a full disk), the copy is given up: the next change begins from the file that
        was published last.
        """
        connection = self.open()
        connection.execute("BEGIN").fetchall()
        try:
            yield connection
            connection.execute("COMMIT").fetchall()
        except BaseException as error:
            with suppress(duckdb.Error):
                connection.execute("ROLLBACK").fetchall()
            if isinstance(error, BROKEN):
                self.clear()
            raise
        self.unpublished = True

    def publish(self, *, final: bool) -> bool:
        """The analysts' file is this copy, at once; whether there was anything to publish.

        The last publication moves the copy itself, earlier ones a copy of it. Where it raises, the analysts' file is as
        it was and the copy is given up.
        """
        if not self.unpublished:
            return False
        try:
            self._publish(final)
        except BaseException:
            with suppress(OSError):
                self.clear()
            raise
        return True

    def _publish(self, final: bool) -> None:
        entry = self._close_books()
        if final:
            self.close()
            new = self.place.loading
        else:
            new = self.place.copying
            copy_file(self.place.loading, new)
        if wal_of(self.place.loading).exists() and wal_of(self.place.loading).stat().st_size:
            raise WarehouseError(f"{self.place.path}: the load could not be written out; ingest again")
        before = read_json(self.place.journal).get("published")
        write_json(self.place.journal, {"published": before, "publishing": entry})
        wal_of(self.place.path).unlink(missing_ok=True)
        replace(new, self.place.path)
        self.unpublished = False
        with suppress(OSError):
            write_json(self.place.journal, {"published": entry})

    def _close_books(self) -> dict[str, object]:
        """One more publication is counted, everything is in the database file; what the journal says of it."""
        connection = self.open()
        told = read_json(self.place.journal)
        numbers = [int((told.get(key) or {}).get("number", 0)) for key in ("published", "publishing")]
        number = max(publication(connection), *numbers) + 1
        connection.execute("BEGIN").fetchall()
        kpi_history.refresh(connection)
        connection.execute("DELETE FROM house.settings WHERE name = 'publication'").fetchall()
        connection.execute("INSERT INTO house.settings VALUES ('publication', ?)", [str(number)]).fetchall()
        connection.execute("COMMIT").fetchall()
        connection.execute("CHECKPOINT").fetchall()
        entries = ledger.written(connection)
        return {
            "number": number,
            "packs": len({entry.pack_id for entry in entries}),
            "digest": ledger.summary(entries),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }

    def close(self) -> None:
        """The connection is closed; what was committed stays in the copy."""
        if self.connection is not None:
            with suppress(duckdb.Error):
                self.connection.close()
            self.connection = None

    def clear(self) -> None:
        """Nothing of the copy is left."""
        self.close()
        self.unpublished = False
        self.place.clear()


def publication(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the publication that a warehouse is; 0 where it was never published."""
    found = connection.execute("SELECT value FROM house.settings WHERE name = 'publication'").fetchall()
    return int(found[0][0]) if found else 0
