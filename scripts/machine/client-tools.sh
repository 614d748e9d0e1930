# shellcheck shell=bash
# Programs an operator uses from this machine, and a library.

probe_psql() { psql --version 2>/dev/null; }
install_psql() { apt_install postgresql-client; }
advice_psql() { echo "PostgreSQL's command line client (postgresql-client)"; }

probe_etcdctl() { etcdctl version 2>/dev/null | sed -n 1p; }
install_etcdctl() { apt_install etcd-client; }
advice_etcdctl() { echo "etcd's command line client, 3.4 or newer (etcd-client)"; }

probe_openssl() { openssl version 2>/dev/null | cut -d " " -f 1-2; }
install_openssl() { apt_install openssl; }
advice_openssl() { echo "OpenSSL's command line tool (openssl)"; }

probe_curl() { curl --version 2>/dev/null | sed -n 1p | cut -d " " -f 1-2; }
install_curl() { apt_install curl ca-certificates; }
advice_curl() { echo "curl (curl)"; }

# The Node that the workspace brings is linked to it, and a machine without a compiler need not have it.
probe_libatomic() { /sbin/ldconfig -p 2>/dev/null | awk '$1 == "libatomic.so.1" && !seen++ { print $NF } END { exit !seen }'; }
install_libatomic() { apt_install libatomic1; }
advice_libatomic() { echo "GCC's libatomic.so.1 (libatomic1)"; }

# Moves the clock of the programs that it is loaded into.
probe_libfaketime() { compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1"; }
install_libfaketime() { apt_install libfaketime; }
advice_libfaketime() { echo "a library that moves the clock of a program (libfaketime)"; }
