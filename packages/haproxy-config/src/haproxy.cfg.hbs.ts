/**
 * `haproxy.cfg`, for the person on call to read from top to bottom. Handlebars: values (they arrive quoted), `each`, and
 * `if` about what is already computed.
 */
export const HAPROXY_CFG = String.raw`# HAProxy of the cluster {{cluster}}, rendered by Matriarch: change the topology, not this file.
# users.cfg, read after it, holds the user of the statistics.

global
  node {{member}}
  description {{descriptions.process}}
  # In the foreground HAProxy prints every change of a server's state on stderr, with its level; the log is for what is
  # said nowhere else, such as running out of file descriptors. Sessions are logged by PgBouncer and PostgreSQL.
  log stdout format raw local0 notice
  maxconn {{limits.process}}
  stats socket {{socket}} mode 600 level admin
  # What a process that is about to be replaced knows of the servers. By itself the next one takes all of them for up until it
  # has checked them, and refuses clients meanwhile.
  server-state-file {{stateFile}}
  lua-load-per-thread {{cancelScript}}
  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
  ssl-default-server-options ssl-min-ver TLSv1.2
{{#each directives}}
  # {{why}}
  {{keyword}}{{#each words}} {{this}}{{/each}}
{{/each}}

crt-store certificates
  load crt {{files.restClient.certificate}} key {{files.restClient.key}} alias rest-client
  load crt {{files.stats.certificate}} key {{files.stats.key}} alias stats

defaults
  mode tcp
  load-server-state-from-file global
  # Counts the bytes of a session while it lasts, not only when it ends after days.
  option contstats

  # Two seconds forgive one lost SYN, which is sent again after one. A server that is found down meanwhile ends the attempt.
  timeout connect 2s
  # Every further attempt goes to another server, where there is one.
  retries 3
  option redispatch 1
  # Nobody waits for a server to come back.
  timeout queue 1s
  timeout check {{check.timeout}}ms

  # An idle session is the business of its two ends: PgBouncer drops its own after minutes (server_idle_timeout), an
  # application's pool after hours, or never. A limit here would surprise both; this one collects what they have lost.
  timeout client {{idleHours}}h
  timeout server {{idleHours}}h
  timeout client-fin 30s
  timeout server-fin 30s
  # Who died without a word is found after a minute: keepalives after 30 s of silence, and three of them unanswered.
  option clitcpka
  clitcpka-idle 30s
  clitcpka-intvl 10s
  clitcpka-cnt 3
  option srvtcpka
  srvtcpka-idle 30s
  srvtcpka-intvl 10s
  srvtcpka-cnt 3

  # Patroni must prove to be the node that is meant: "verify required" alone accepts any name that the authority signed.
  default-server check-ssl port {{check.port}} verify required ca-file {{files.authority}} crt @certificates/rest-client
  default-server inter {{check.interval}}ms fastinter {{check.fastInterval}}ms downinter {{check.interval}}ms fall {{check.fall}} rise {{check.rise}}
  # Sessions to a node that was demoted, has fallen behind or is gone are cut: their clients would wait, or read the past.
  default-server on-marked-down shutdown-sessions

# --- The two ports. TLS passes through to PostgreSQL; what cannot be served is refused at once. ---

frontend rw
  description 'Reads and writes'
  log global
  maxconn {{limits.port}}
  # A client that acknowledges nothing for 30 s is gone; keepalives are silent while data is under way.
  bind :{{ports.rw}} tcp-ut 30s
{{#each poolers}}
  acl from_pooler src {{this}}
{{/each}}
{{#if clients.limited}}
{{#each clients.networks}}
  acl from_client src {{this}}
{{/each}}
  tcp-request connection reject unless from_client
{{/if}}
  # Exactly one node may call itself the primary. With none there is nobody to write to. While two do (an old one not yet
  # found down; right after a start, when servers count as up until they are checked) no choice is safe.
  tcp-request connection reject unless { nbsrv(rw) eq 1 }
  # HAProxy 3.0 forgets a client whose server is marked down while it is still connecting to it: no answer, no end, no
  # timeout. Not so where the session's bytes pass a filter. This one lets a gigabyte a second through, more than any session
  # has; from 2^31 on it would hold bytes back for half a second, now and then.
  filter bwlim-in unlimited default-limit 1000000000 default-period 1s
  tcp-request content set-bandwidth-limit unlimited
{{#if poolers}}
  use_backend rw_pooled if from_pooler
{{/if}}
  default_backend rw

frontend ro
  description 'Reads'
  log global
  maxconn {{limits.port}}
  bind :{{ports.ro}} tcp-ut 30s
{{#each poolers}}
  acl from_pooler src {{this}}
{{/each}}
{{#if clients.limited}}
{{#each clients.networks}}
  acl from_client src {{this}}
{{/each}}
  tcp-request connection reject unless from_client
{{/if}}
  # Tiers, the best first. The last one is for the time without a primary: it waives the limit on staleness.
  acl replicas nbsrv(ro_replicas) gt 0
  acl primary nbsrv(rw) eq 1
  acl stale nbsrv(ro_stale) gt 0
{{#if primaryServesReads}}
  tcp-request connection reject unless replicas or primary or stale
{{else}}
  tcp-request connection reject unless replicas or stale !primary
{{/if}}
  # A request to cancel a query comes on a connection of its own. Balanced like a session it would often reach a server that
  # does not run the query. Without TLS, as PgBouncer, psql and libpq's PQcancel send it, it goes to every node. The first eight
  # bytes tell; every client of PostgreSQL begins with that many, and who is silent is let through.
  tcp-request inspect-delay 2s
  tcp-request content use-service lua.cancel if { req.payload(0,8) -m bin 0000001004d2162e }
  # As for writes: no client is forgotten while its server vanishes.
  filter bwlim-in unlimited default-limit 1000000000 default-period 1s
  tcp-request content set-bandwidth-limit unlimited
{{#if poolers}}
  use_backend ro_replicas_pooled if replicas from_pooler
{{/if}}
  use_backend ro_replicas if replicas
{{#if primaryServesReads}}
{{#if poolers}}
  use_backend ro_primary_pooled if primary from_pooler
{{/if}}
  use_backend ro_primary if primary
{{/if}}
{{#if poolers}}
  use_backend ro_stale_pooled if from_pooler
{{/if}}
  default_backend ro_stale

# --- Servers and their checks. Their names are those of Patroni's members, their addresses need no lookup. ---

backend rw
  description {{descriptions.primary}}
  option httpchk
  # 200 is for who holds the lease, also while PostgreSQL starts or is still being promoted. Only the body, which OPTIONS
  # leaves out, tells that a write would work. An expectation of the body comes first: a check that is over with the status
  # hangs up while Patroni is still writing, and fills its log with exceptions.
  http-check send meth GET uri /primary ver HTTP/1.1 hdr Host patroni
  http-check expect rstring '"state": *"running"'
  http-check expect status 200
  http-check expect rstring '"role": *"primary"'
  # There is no other server to try, and a second attempt would come a second later: the client is back sooner.
  retries 0
  # No slowstart: a new primary takes everything at once.
{{#each nodes}}
  server {{name}} {{database}} check check-sni {{host}} verifyhost {{host}}
{{/each}}

backend ro_replicas
  description {{descriptions.replicas}}
  balance leastconn
  # Shorter than for the primary: there are others to try. It is also the pause before the next attempt.
  timeout connect {{check.interval}}ms
  option httpchk
  # Without etcd Patroni knows no lag and answers 200, so the replica must stream as well. Patroni 4.0 ignores
  # "replication_state" in the query; the body of the answer tells, and only GET has one.
  http-check send meth GET uri /replica?lag={{maxLagBytes}} ver HTTP/1.1 hdr Host patroni
  http-check expect rstring '"replication_state": *"streaming"'
  http-check expect status 200
{{#each nodes}}
  server {{name}} {{database}} check check-sni {{host}} verifyhost {{host}}
{{/each}}
{{#if primaryServesReads}}

backend ro_primary
  description {{descriptions.primaryReads}}
  retries 0
  # Sessions stay when a replica returns: nothing is fresher than the primary.
{{#each nodes}}
  server {{name}} {{database}} track rw/{{name}}
{{/each}}
{{/if}}

backend ro_stale
  description {{descriptions.stale}}
  balance leastconn
  timeout connect {{check.interval}}ms
  option allbackups
  option httpchk
  # 200 from every node that answers reads, a primary demoted by the loss of etcd included; 503 from one that still runs as
  # a primary after its lease.
  http-check send meth OPTIONS uri /read-only ver HTTP/1.1 hdr Host patroni
  http-check expect status 200
{{#each nodes}}
  server {{name}} {{database}} backup check check-sni {{host}} verifyhost {{host}}
{{/each}}
  # When a better server comes up, the sessions on the stale ones are cut, so that the limit holds again for everybody.
{{#each nodes}}
  server {{name}}_as_replica {{database}} track ro_replicas/{{name}} on-marked-up shutdown-backup-sessions
  server {{name}}_as_primary {{database}} track rw/{{name}} on-marked-up shutdown-backup-sessions
{{/each}}
{{#if poolers}}

# --- The poolers' lane: the same servers in the same state, at their addresses in the network that only HAProxy and the
# --- nodes share. By the address HAProxy comes from, pg_hba knows a pooler's session from an application's.

backend rw_pooled
  description {{descriptions.primary}}
  retries 0
{{#each nodes}}
  server {{name}} {{pooled}} track rw/{{name}}
{{/each}}

backend ro_replicas_pooled
  description {{descriptions.replicas}}
  balance leastconn
  timeout connect {{check.interval}}ms
{{#each nodes}}
  server {{name}} {{pooled}} track ro_replicas/{{name}}
{{/each}}
{{#if primaryServesReads}}

backend ro_primary_pooled
  description {{descriptions.primaryReads}}
  retries 0
{{#each nodes}}
  server {{name}} {{pooled}} track rw/{{name}}
{{/each}}
{{/if}}

backend ro_stale_pooled
  description {{descriptions.stale}}
  balance leastconn
  timeout connect {{check.interval}}ms
  option allbackups
{{#each nodes}}
  server {{name}} {{pooled}} backup track ro_stale/{{name}}
{{/each}}
{{#each nodes}}
  server {{name}}_as_replica {{pooled}} track ro_replicas/{{name}} on-marked-up shutdown-backup-sessions
  server {{name}}_as_primary {{pooled}} track rw/{{name}} on-marked-up shutdown-backup-sessions
{{/each}}
{{/if}}

# --- Statistics: a page at /, the same as /;csv and /;json, and /metrics for Prometheus. They change nothing. ---

frontend stats
  mode http
  log global
  maxconn {{limits.stats}}
  bind :{{ports.stats}} ssl crt @certificates/stats
  timeout client 30s
  timeout http-request 10s
  timeout http-keep-alive 30s
  # For the health check of this very machine: HAProxy runs and answers. It is well even when no server is.
  http-request return status 200 content-type text/plain string ok if { path /healthz } { src 127.0.0.1 }
  http-request auth realm haproxy unless { http_auth({{userlist}}) }
  http-request use-service prometheus-exporter if { path /metrics }
  stats enable
  stats uri /
  stats refresh 5s
  stats hide-version
  stats show-node
  stats show-desc
  stats show-legends
`;
