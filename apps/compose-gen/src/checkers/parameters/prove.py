# Gives values to Patroni and PostgreSQL as a node would, and says where they do not do with them what was predicted.
# Reads sets of parameters that should be in force together ("accepted"), those that should not ("refused"), and single
# values for which PostgreSQL need not be started ("inside", "outside"), with the libraries that bring some of them.
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
from patroni.collections import CaseInsensitiveSet
from patroni.config import Config
from patroni.postgresql.config import ConfigHandler
from patroni.postgresql.validator import recovery_parameters, transform_postgresql_parameter_value, transform_recovery_parameter_value
from patroni.utils import compare_values, parse_int, parse_real

WORK = "/tmp/prove"
DATA = f"{WORK}/data"
TLS = {"ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key", "ssl_min_protocol_version": "TLSv1.2"}
ON_COMMAND_LINE = {name.lower() for name in ConfigHandler.CMDLINE_OPTIONS} - {"wal_keep_segments", "wal_keep_size"}
VERSION = 170000


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)


def must(*command):
    done = run(*command)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


KNOWN = CaseInsensitiveSet({line.split("\t")[0] for line in must("postgres", "--describe-config").splitlines()})


def through_patroni(name, value):
    """The value as Patroni writes it, or None where it leaves it out."""
    if name in ConfigHandler.CMDLINE_OPTIONS:
        # What it keeps, it keeps as the number that it reads.
        if name not in Config._process_postgresql_parameters({name: value}):
            return None
    transform = transform_recovery_parameter_value if name in recovery_parameters else transform_postgresql_parameter_value
    return transform(VERSION, name, value, KNOWN)


def quoted(value):
    return str(value).replace("\\", "\\\\").replace("'", "''")


def same(kind, unit, setting, value):
    """As Patroni compares them; PostgreSQL shows six digits of a fraction."""
    return compare_values(kind, unit, setting, value) or (kind == "real" and math.isclose(float(setting), parse_real(value, unit), rel_tol=1e-5))


def log():
    return "; ".join(line for line in Path(f"{WORK}/log").read_text().splitlines() if "LOG:" not in line)


class Server:
    def __init__(self, parameters):
        libraries = {"shared_preload_libraries": ",".join(LIBRARIES)} if any("." in name for name in parameters) else {}
        parameters = {**BASE, **parameters}
        file = {**TLS, **libraries, **{name: value for name, value in parameters.items() if name not in ON_COMMAND_LINE}}
        line = {name: value for name, value in parameters.items() if name in ON_COMMAND_LINE}
        Path(f"{DATA}/postgresql.conf").write_text("".join(f"{name} = '{quoted(value)}'\n" for name, value in file.items()))
        Path(f"{WORK}/log").write_text("")
        fixed = f"-c listen_addresses= -c unix_socket_directories={WORK} -c fsync=off -c log_destination=stderr"
        shared = " ".join(f"--{name}='{value}'" for name, value in line.items())
        self.running = run("pg_ctl", "start", "--silent", "--wait", "--timeout=20", f"--pgdata={DATA}", f"--log={WORK}/log", f"--options={fixed} {shared}").returncode == 0
        if self.running:
            self.connection = psycopg2.connect(host=WORK, user="postgres", dbname="postgres", client_encoding="UTF8")
            self.connection.autocommit = True
            self.cursor = self.connection.cursor()

    def rows(self, query):
        self.cursor.execute(query)
        return self.cursor.fetchall()

    def in_force(self, parameters):
        """Complaints about parameters that are not as they were asked for."""
        settings = {name: row for name, *row in self.rows("SELECT lower(name), vartype, unit, setting FROM pg_settings")}
        applied = {name: (ok, error) for name, ok, error in self.rows("SELECT lower(name), applied, error FROM pg_file_settings")}
        for name, value in parameters.items():
            kind, unit, setting = settings.get(name, ("string", None, None))
            if name.endswith("_buffers") and parse_int(value, unit) == (-1 if name == "wal_buffers" else 0):
                continue  # PostgreSQL computes one.
            if name not in ON_COMMAND_LINE and applied.get(name) != (True, None):
                yield f"{name} = {value!r}: {applied.get(name)}"
            # A session on a socket has no keep-alives.
            if kind in ("integer", "real") and not name.startswith("tcp_") and not same(kind, unit, setting, value):
                yield f"{name} = {value!r}: {setting} is in force"

    def takes(self, name, value):
        try:
            self.cursor.execute(f'ALTER SYSTEM SET {name} = %s', (str(value),))
            return True
        except psycopg2.Error:
            return False

    def stop(self):
        if self.running:
            self.connection.close()
        # Fails where it did not start; one that is only slow must not be in the way of the next.
        run("pg_ctl", "stop", "--silent", "--mode=immediate", f"--pgdata={DATA}")
        Path(f"{DATA}/postgresql.auto.conf").write_text("")


def changed_by_patroni(parameters):
    for name, value in parameters.items():
        written = through_patroni(name, value)
        if written is None or str(written) != str(value):
            yield f"{name} = {value!r}: Patroni writes {written!r}"


def complaints_of_accepted(parameters):
    found = list(changed_by_patroni(parameters))
    server = Server(parameters)
    found += server.in_force(parameters) if server.running else [f"{parameters}: {log()}"]
    server.stop()
    return found


def complaints_of_refused(parameters):
    """Somebody must refuse, drop or move it: Patroni, or PostgreSQL at its start."""
    if any(changed_by_patroni(parameters)):
        return []
    server = Server(parameters)
    found = [] if not server.running or any(server.in_force(parameters)) else [f"{parameters}: taken as it is"]
    server.stop()
    return found


def initialise():
    must("rm", "-rf", WORK)
    os.makedirs(WORK)
    must("initdb", "--no-sync", "--username=postgres", f"--pgdata={DATA}", "--encoding=UTF8", "--locale=C.UTF-8")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{DATA}/server.key"]
    must("openssl", "req", "-x509", "-subj", "/CN=trial", "-days", "2", *key, "-out", f"{DATA}/server.crt")
    os.chmod(f"{DATA}/server.key", 0o600)


def complaints_of_single(inside, outside):
    """Without a start: Patroni's reading, then PostgreSQL's own check of one value, with every library loaded."""
    server = Server({"any.name": "at all"})
    if not server.running:
        sys.exit(log())
    for name, value in inside:
        if any(changed_by_patroni({name: value})) or not server.takes(name, value):
            yield f"{name} = {value!r} is refused, and should be taken"
    rest = []
    for name, value in outside:
        if not any(changed_by_patroni({name: value})) and server.takes(name, value):
            rest.append({name: value})
    server.stop()
    for parameters in rest:
        yield from complaints_of_refused(parameters)


def main(given):
    initialise()
    complaints = list(complaints_of_single(given["inside"], given["outside"]))
    for parameters in given["accepted"]:
        complaints += complaints_of_accepted(parameters)
    for parameters in given["refused"]:
        complaints += complaints_of_refused(parameters)
    print(json.dumps(complaints))


GIVEN = json.load(sys.stdin)
LIBRARIES = GIVEN["libraries"]
# What the rest of the topology says, and a rule weighs the parameters against.
BASE = GIVEN["base"]
main(GIVEN)
