// Written by `pnpm platforms:haproxy` from HAProxy 3.0.11 of debian-13. Do not edit it.

export const KEYWORDS: readonly string[] = `
  busy-polling ca-base chroot close-spread-time cpu-map crt-base daemon default-path description external-check fd-hard-limit gid
  grace group h1-accept-payload-with-any-method h1-case-adjust h1-case-adjust-file h1-do-not-close-on-insecure-transfer-encoding
  hard-stop-after harden.reject-privileged-ports.quic harden.reject-privileged-ports.tcp http-err-codes http-fail-codes
  httpclient.resolvers.disabled httpclient.resolvers.id httpclient.resolvers.prefer httpclient.retries httpclient.ssl.ca-file
  httpclient.ssl.verify httpclient.timeout.connect insecure-fork-wanted insecure-setuid-wanted issuers-chain-path key-base
  localpeer log log-send-hostname log-tag lua-load lua-load-per-thread lua-prepend-path master-worker max-spread-checks maxconn
  maxconnrate maxpipes maxsessrate maxsslconn maxsslrate mworker-max-reloads nbthread no-memory-trimming node noepoll nopoll
  noreuseport nosplice numa-cpu-mapping ocsp-update.disable ocsp-update.httpproxy ocsp-update.maxdelay ocsp-update.mindelay
  ocsp-update.mode pidfile pp2-never-send-local prealloc-fd profiling.tasks quiet server-state-base server-state-file set-dumpable
  set-var set-var-fmt setcap spread-checks ssl-default-bind-ciphers ssl-default-bind-ciphersuites ssl-default-bind-client-sigalgs
  ssl-default-bind-curves ssl-default-bind-options ssl-default-bind-sigalgs ssl-default-server-ciphers
  ssl-default-server-ciphersuites ssl-default-server-client-sigalgs ssl-default-server-curves ssl-default-server-options
  ssl-default-server-sigalgs ssl-dh-param-file ssl-load-extra-del-ext ssl-load-extra-files ssl-mode-async ssl-propquery
  ssl-provider ssl-provider-path ssl-security-level ssl-server-verify ssl-skip-self-issued-ca stats stats-file strict-limits
  thread-group thread-groups thread-hard-limit trace tune.applet.zero-copy-forwarding tune.buffers.limit tune.buffers.reserve
  tune.bufsize tune.comp.maxlevel tune.disable-fast-forward tune.disable-zero-copy-forwarding tune.epoll.mask-events
  tune.events.max-events-at-once tune.fail-alloc tune.fd.edge-triggered tune.h1.zero-copy-fwd-recv tune.h1.zero-copy-fwd-send
  tune.h2.be.glitches-threshold tune.h2.be.initial-window-size tune.h2.be.max-concurrent-streams tune.h2.fe.glitches-threshold
  tune.h2.fe.initial-window-size tune.h2.fe.max-concurrent-streams tune.h2.fe.max-total-streams tune.h2.header-table-size
  tune.h2.initial-window-size tune.h2.max-concurrent-streams tune.h2.max-frame-size tune.h2.zero-copy-fwd-send tune.http.maxhdr
  tune.idle-pool.shared tune.idletimer tune.listener.default-shards tune.listener.multi-queue tune.lua.burst-timeout
  tune.lua.forced-yield tune.lua.log.loggers tune.lua.log.stderr tune.lua.maxmem tune.lua.service-timeout tune.lua.session-timeout
  tune.lua.task-timeout tune.max-checks-per-thread tune.maxaccept tune.maxpollevents tune.maxrewrite tune.memory.hot-size
  tune.pattern.cache-size tune.peers.max-updates-at-once tune.pipesize tune.pool-high-fd-ratio tune.pool-low-fd-ratio
  tune.pt.zero-copy-forwarding tune.quic.backend.max-idle-timeou tune.quic.cc-hystart tune.quic.frontend.conn-tx-buffers.limit
  tune.quic.frontend.glitches-threshold tune.quic.frontend.max-idle-timeout tune.quic.frontend.max-streams-bidi
  tune.quic.max-frame-loss tune.quic.reorder-ratio tune.quic.retry-threshold tune.quic.socket-owner tune.quic.zero-copy-fwd-send
  tune.rcvbuf.backend tune.rcvbuf.client tune.rcvbuf.frontend tune.rcvbuf.server tune.recv_enough tune.ring.queues
  tune.runqueue-depth tune.sched.low-latency tune.sndbuf.backend tune.sndbuf.client tune.sndbuf.frontend tune.sndbuf.server
  tune.ssl.cachesize tune.ssl.capture-buffer-size tune.ssl.capture-cipherlist-size tune.ssl.default-dh-param
  tune.ssl.force-private-cache tune.ssl.hard-maxrecord tune.ssl.keylog tune.ssl.lifetime tune.ssl.maxrecord
  tune.ssl.ocsp-update.maxdelay tune.ssl.ocsp-update.mindelay tune.ssl.ssl-ctx-cache-size tune.stick-counters
  tune.vars.check-max-size tune.vars.global-max-size tune.vars.proc-max-size tune.vars.reqres-max-size tune.vars.sess-max-size
  tune.vars.txn-max-size uid ulimit-n unix-bind user warn-blocked-traffic-after zero-warning
`
  .trim()
  .split(/\s+/);

export const SUITES: readonly string[] = `
  TLS_AES_128_CCM_8_SHA256 TLS_AES_128_CCM_SHA256 TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256
  TLS_SHA256_SHA256 TLS_SHA384_SHA384
`
  .trim()
  .split(/\s+/);

export const GROUPS: readonly string[] = `
  MLKEM1024 MLKEM512 MLKEM768 P-192 P-224 P-256 P-384 P-521 SecP256r1MLKEM768 SecP384r1MLKEM1024 X25519 X25519MLKEM768 X448
  brainpoolP256r1 brainpoolP256r1tls13 brainpoolP384r1 brainpoolP384r1tls13 brainpoolP512r1 brainpoolP512r1tls13 ffdhe2048
  ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192 prime192v1 prime256v1 secp160k1 secp160r1 secp160r2 secp192k1 secp192r1 secp224k1
  secp224r1 secp256k1 secp256r1 secp384r1 secp521r1 sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1
  sect239k1 sect283k1 sect283r1 sect409k1 sect409r1 sect571k1 sect571r1 x25519 x448
`
  .trim()
  .split(/\s+/);

export const SIGNATURES: readonly string[] = `
  DSA+SHA1 DSA+SHA224 DSA+SHA256 DSA+SHA384 DSA+SHA512 ECDSA+SHA1 ECDSA+SHA224 ECDSA+SHA256 ECDSA+SHA384 ECDSA+SHA512 RSA+SHA1
  RSA+SHA224 RSA+SHA256 RSA+SHA384 RSA+SHA512 RSA-PSS+SHA256 RSA-PSS+SHA384 RSA-PSS+SHA512 dsa_sha256 dsa_sha384 dsa_sha512
  ecdsa_secp256r1_sha256 ecdsa_secp384r1_sha384 ecdsa_secp521r1_sha512 ecdsa_sha1 ecdsa_sha224 ed25519 ed448 mldsa44 mldsa65
  mldsa87 rsa_pkcs1_sha1 rsa_pkcs1_sha224 rsa_pkcs1_sha256 rsa_pkcs1_sha384 rsa_pkcs1_sha512 rsa_pss_pss_sha256 rsa_pss_pss_sha384
  rsa_pss_pss_sha512 rsa_pss_rsae_sha256 rsa_pss_rsae_sha384 rsa_pss_rsae_sha512
`
  .trim()
  .split(/\s+/);
