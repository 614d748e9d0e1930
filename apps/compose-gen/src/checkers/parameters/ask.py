# Asks the programs of the image what they take, and prints it as JSON: PostgreSQL's parameters and those of its libraries,
# Patroni's validators on top, and what a text is looked up in: time zones, locales, encodings, ciphers, curves.
import json
import os
import re
import resource
import ssl
import subprocess
import sys
from pathlib import Path

import psycopg2
import yaml
from patroni.postgresql import validator
from patroni.postgresql.config import ConfigHandler, _bool_validator, _false_validator
from patroni.validator import EnumValidator, IntValidator
from patroni.version import __version__ as PATRONI

WORK = "/tmp/ask"
DATA = f"{WORK}/data"
ZONES = Path("/usr/share/zoneinfo")
SPELLINGS = ("on", "off", "true", "false", "yes", "no", "1", "0")

# What PostgreSQL compares the items of a list with is in its source only: these are tried.
ITEMS = {
    "createrole_self_grant": ("set", "inherit", "admin"),
    "debug_io_direct": ("data", "wal", "wal_init"),
    "restrict_nonsystem_relation_kind": ("view", "foreign-table", "table"),
    "wal_consistency_checking": ("all",),
}

# Other spellings of encodings, from the table in src/common/encnames.c: those that the server takes are kept.
ENCODING_NAMES = """abc alt euccn eucjis2004 eucjp euckr euctw iso88591 iso885910 iso885913 iso885914 iso885915 iso885916 iso88592
iso88593 iso88594 iso88595 iso88596 iso88597 iso88598 iso88599 koi8 latin1 latin2 latin3 latin4 latin5 latin6 latin7 latin8 latin9
latin10 mskanji shiftjis sjis sqlascii tcvn tcvn5712 uhc unicode utf8 vscii win win932 win936 win949 win950 win1250 win1251 win1252
win1253 win1254 win1255 win1256 win1257 win1258 win866 win874 windows932 windows936 windows949 windows950 windows1250 windows1251
windows1252 windows1253 windows1254 windows1255 windows1256 windows1257 windows1258 windows866 windows874 big5 gb18030 gbk johab koi8r
koi8u muleinternal shiftjis2004 sjis2004""".split()

CIPHER_WORDS = """ALL COMPLEMENTOFALL DEFAULT COMPLEMENTOFDEFAULT HIGH MEDIUM LOW EXP eNULL NULL aNULL kRSA aRSA RSA kDHE kEDH DH DHE EDH
ADH kEECDH kECDHE ECDH ECDHE EECDH AECDH aDSS DSS aECDSA ECDSA SSLv3 TLSv1 TLSv1.0 TLSv1.2 AES128 AES256 AES AESGCM AESCCM AESCCM8
ARIA128 ARIA256 ARIA ARIAGCM CAMELLIA128 CAMELLIA256 CAMELLIA CHACHA20 3DES DES RC4 RC2 IDEA SEED MD5 SHA1 SHA SHA256 SHA384 PSK kPSK
kRSAPSK kECDHEPSK kDHEPSK aPSK SRP kSRP aSRP GOST94 aGOST kGOST aGOST01 SUITEB128 SUITEB128ONLY SUITEB192 CBC FIPS STRENGTH""".split()


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)


def must(*command):
    done = run(*command)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


class Server:
    """A PostgreSQL of its own, with these libraries loaded at its start."""

    def __init__(self, *libraries):
        options = f"-c listen_addresses= -c unix_socket_directories={WORK} -c fsync=off -c shared_preload_libraries={','.join(libraries)}"
        self.started = run("pg_ctl", "start", "--silent", "--wait", f"--pgdata={DATA}", f"--log={WORK}/log", f"--options={options}").returncode == 0
        if self.started:
            self.connection = psycopg2.connect(host=WORK, user="postgres", dbname="postgres")
            self.connection.autocommit = True
            self.cursor = self.connection.cursor()

    def rows(self, query, *arguments):
        self.cursor.execute(query, arguments)
        return self.cursor.fetchall()

    def takes(self, name, value):
        """Whether the value may stand in a file, as far as PostgreSQL can tell before it starts with it."""
        try:
            self.cursor.execute(f"ALTER SYSTEM SET {name} = %s", (value,))
            return True
        except psycopg2.Error:
            return False

    def stop(self):
        if not self.started:
            return
        self.connection.close()
        must("pg_ctl", "stop", "--silent", "--mode=immediate", f"--pgdata={DATA}")
        Path(f"{DATA}/postgresql.auto.conf").write_text("")


def initialise():
    must("rm", "-rf", WORK)
    os.makedirs(WORK)
    must("initdb", "--no-sync", "--username=postgres", f"--pgdata={DATA}", "--encoding=UTF8", "--locale=C.UTF-8")


SETTINGS = """SELECT lower(name), json_build_object('type', vartype, 'unit', unit, 'min', min_val, 'max', max_val, 'words', enumvals,
  'context', context) FROM pg_settings WHERE context <> 'internal' AND NOT 'NO_RESET' = ANY(pg_settings_get_flags(name))"""


def validators(version):
    """Patroni's, by name: those of the file it writes, and those of what it takes from the DCS only."""
    found = {}
    for table in validator.parameters, validator.recovery_parameters:
        for name, ranges in table.items():
            for row in ranges:
                if row.version_from <= version and (row.version_till is None or version < row.version_till):
                    words = list(getattr(row, "possible_values", ())) or None
                    limits = {key: getattr(row, f"{key}_val", None) for key in ("min", "max")}
                    found[name.lower()] = {"type": type(row).__name__, "unit": getattr(row, "unit", None), "words": words, **limits}
                    break
    return found


def shared(version):
    found = {}
    for name, (default, check, since) in ConfigHandler.CMDLINE_OPTIONS.items():
        if since > version:
            continue
        if isinstance(check, IntValidator):
            found[name] = {"type": "Integer", "unit": check.base_unit, "words": None, "min": check.min, "max": check.max}
        elif isinstance(check, EnumValidator):
            found[name] = {"type": "Enum", "unit": None, "words": sorted(check.allowed_values), "min": None, "max": None}
        elif check is _bool_validator:
            found[name] = {"type": "Bool", "unit": None, "words": None, "min": None, "max": None}
    return found


def ciphers():
    """The suites before TLS 1.3 in OpenSSL's order, and for each word the places of those that it stands for."""
    def chosen(text):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.set_ciphers(text)
        except ssl.SSLError:
            return []
        return [cipher["name"] for cipher in context.get_ciphers() if cipher["protocol"] != "TLSv1.3"]

    suites = chosen("ALL:COMPLEMENTOFALL")
    words = {word: [suites.index(name) for name in chosen(word)] for word in CIPHER_WORDS}
    return {"suites": suites, "words": {word: places for word, places in words.items() if places != []}}


def main():
    initialise()
    server = Server()
    [(version, number)] = server.rows("SELECT split_part(current_setting('server_version'), ' ', 1), current_setting('server_version_num')::int")
    settings = dict(server.rows(SETTINGS))
    described = {line.split("\t")[0].lower() for line in must("postgres", "--describe-config").splitlines()}
    checks = validators(number)
    # Patroni leaves out what it has no validator for and PostgreSQL does not list.
    passed = {name: row for name, row in settings.items() if name in checks or name in described}
    for name, row in passed.items():
        words = {"bool": SPELLINGS, "enum": {*map(str.lower, row["words"] or ()), *SPELLINGS}}.get(row["type"], ())
        # None of them: one that ALTER SYSTEM may not touch.
        row["taken"] = sorted(word for word in words if server.takes(name, word))
    ITEMS["wal_consistency_checking"] += tuple(name.lower() for name, in server.rows("SELECT rm_name FROM pg_get_wal_resource_managers()"))
    lists = {name: sorted(word for word in words if server.takes(name, f'"{word}"')) for name, words in ITEMS.items()}
    zones = {str(file.relative_to(ZONES)) for file in ZONES.rglob("*") if file.is_file()}
    time_zones = sorted(zone for zone in zones if re.match("[A-Za-z]", zone) and server.takes("timezone", zone))
    encodings = sorted(name for name in ENCODING_NAMES if server.takes("client_encoding", name))
    folder = must("pg_config", "--sharedir").strip()
    abbreviations = sorted(file for file in os.listdir(f"{folder}/timezonesets") if server.takes("timezone_abbreviations", file))
    server.stop()

    libraries = {}
    for file in sorted(Path(must("pg_config", "--pkglibdir").strip()).glob("*.so")):
        server = Server(file.stem)
        if server.started:
            own = {name: row for name, row in server.rows(SETTINGS) if name not in settings and "." in name}
            libraries[file.stem] = own
        server.stop()
    print(json.dumps({
        "versions": {"postgresql": version, "patroni": PATRONI, "openssl": ssl.OPENSSL_VERSION.split()[1]},
        "parameters": {name: {**row, "patroni": checks.get(name), "shared": shared(number).get(name)} for name, row in passed.items()},
        "libraries": {library: own for library, own in libraries.items() if own != {}},
        "lists": lists,
        "timeZones": time_zones,
        "locales": must("locale", "-a").split(),
        "encodings": encodings,
        "abbreviations": abbreviations,
        "curves": [line.split(":")[0].strip() for line in must("openssl", "ecparam", "-list_curves").splitlines() if ":" in line],
        "ciphers": ciphers(),
        # In kB, less what PostgreSQL keeps for itself (STACK_DEPTH_SLOP).
        "maxStackDepth": resource.getrlimit(resource.RLIMIT_STACK)[0] // 1024 - 512,
    }))


main()
