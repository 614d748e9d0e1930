# Has each patroni.yml read by Patroni's own checker, and the parameters, pg_hba and pg_ident in it by PostgreSQL. Says what
# either complains of, and how many files there were. Of every tenth, PostgreSQL is started and bootstrapped.
import os
import socket
import subprocess
import sys
import threading

import psycopg2
import yaml
from patroni.config import Config, ConfigParseError
from patroni.validator import schema

DATA = "/var/lib/postgresql/data"
RUN = "/run/postgresql"
FOLDER = f"{RUN}/patroni"
CONFIG = "/etc/matriarch/rendered/current"
PKI = "/etc/matriarch/pki"
TLS = ("ssl_cert_file", "server.crt"), ("ssl_key_file", "server.key"), ("ssl_ca_file", "cluster-ca.crt")
STARTED = 10


def listen():
    """Patroni's checker dials etcd: the bench has all names of etcd at its own loopback."""
    server = socket.create_server(("127.0.0.1", 2379))

    def accept():
        while True:
            server.accept()[0].close()

    threading.Thread(target=accept, daemon=True).start()


def link(target, name):
    if os.path.islink(name):
        os.unlink(name)
    os.symlink(target, name)


def write(name, text):
    with open(f"{DATA}/{name}", "w") as file:
        file.write(text)


def tell(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
    return done.returncode, done.stdout


def complaints_of_patroni():
    try:
        Config(FOLDER, validator=schema)
    except ConfigParseError as error:
        return error.value.splitlines()
    return []


def parameters_of(node):
    merged = {**node["bootstrap"]["dcs"]["postgresql"]["parameters"], **node["postgresql"]["parameters"]}
    quoted = {name: str(value).replace("\\", "\\\\").replace("'", "''") for name, value in merged.items()}
    return "".join(f"{name} = '{value}'\n" for name, value in quoted.items())


def complaints_of_postgresql(node, session):
    write("given.conf", parameters_of(node))
    code, said = tell("postgres", "-D", DATA, "-c", f"config_file={DATA}/given.conf", "-C", "shared_buffers")
    found = [] if code == 0 and len(said.splitlines()) == 1 else [said]
    access = node["postgresql"]
    for name, view in ("pg_hba", "pg_hba_file_rules"), ("pg_ident", "pg_ident_file_mappings"):
        write(f"{name}.conf", "\n".join(access[name]) + "\n")
        session.execute(f"SELECT count(*), string_agg(error, '; ') FROM {view}")
        count, errors = session.fetchone()
        lines = [line for line in access[name] if not line.startswith("#")]
        if errors is not None or count != len(lines):
            found.append(f"{view}: {count} lines of {len(lines)}, {errors}")
    return found


def start(options):
    write("pg_hba.conf", "local all all peer\n")
    return tell("pg_ctl", "start", "--silent", "--wait", f"--pgdata={DATA}", f"--log={RUN}/log", f"--options=-c listen_addresses= -c fsync=off {options}")


def stop():
    tell("pg_ctl", "stop", "--silent", "--mode=immediate", f"--pgdata={DATA}")


def log():
    with open(f"{RUN}/log") as file:
        return file.read()


def complaints_of_bootstrap(node, member):
    """With the parameters in force, but for the memory, which this machine may not have."""
    write("given.conf", parameters_of(node))
    open(f"{RUN}/log", "w").close()
    code, said = start(f"-c config_file={DATA}/given.conf -c shared_buffers=16MB")
    if code != 0:
        return [said, log()]
    found = []
    for time in "first", "second":
        code, said = tell(f"{CONFIG}/{member}/bootstrap.sh")
        if code != 0 or said != "":
            found.append(f"bootstrap.sh, the {time} time: {said}")
    found += [line for line in log().splitlines() if any(word in line for word in ("WARNING", "ERROR", "FATAL", "PANIC"))]
    stop()
    return found


def initialise(node):
    tell("rm", "-rf", DATA)
    options = [f"--{option}" if isinstance(option, str) else "--" + "=".join(*option.items()) for option in node["bootstrap"]["initdb"]]
    code, said = tell("initdb", "--no-sync", "--username=postgres", f"--pgdata={DATA}", *options)
    if code != 0:
        sys.exit(said)


def each(members):
    for place, member in members:
        link(f"/sample/{place}/rendered", CONFIG)
        link(f"/sample/{place}/secrets/{member}", "/etc/matriarch/secrets")
        with open(f"{CONFIG}/{member}/patroni.yml") as file:
            yield place, member, yaml.safe_load(file)


def report(place, member, complaints):
    for complaint in complaints:
        print(f"{place} {member}: {complaint}")


def main():
    members = [line.split() for line in sys.stdin]
    os.makedirs(FOLDER, exist_ok=True)
    listen()
    for place, member, _ in each(members):
        link(f"{CONFIG}/{member}/patroni.yml", f"{FOLDER}/1.yml")
        link("/etc/matriarch/secrets/patroni.yml", f"{FOLDER}/2.yml")
        report(place, member, complaints_of_patroni())

    initialised = False
    for place, member, node in each(members):
        if not initialised:
            initialise(node)
            # Without TLS, PostgreSQL complains of each line that asks for it.
            code, said = start(" ".join(f"-c {name}={PKI}/{file}" for name, file in TLS) + " -c ssl=on")
            if code != 0:
                sys.exit(said)
            connection = psycopg2.connect(host=RUN, user="postgres", dbname="postgres")
            connection.autocommit = True
            session = connection.cursor()
            initialised = True
        report(place, member, complaints_of_postgresql(node, session))
    stop()

    for place, member, node in each(members[::STARTED]):
        initialise(node)
        report(place, member, complaints_of_bootstrap(node, member))
    print(f"{len(members)} checked, {len(members[::STARTED])} started")


main()
