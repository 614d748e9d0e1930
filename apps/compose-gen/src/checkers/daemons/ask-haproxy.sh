# Prints what HAProxy knows, a line each: its version, the keywords of the global section, and what its OpenSSL takes of
# suites of TLS 1.3, groups and signature algorithms. The last three are tried, with names that stand in libssl and libcrypto.
cd /tmp || exit
write() {
  printf '%s\n' global "  $1" 'defaults' '  mode tcp' '  timeout connect 1s' '  timeout client 1s' '  timeout server 1s' \
    'listen l' '  bind 127.0.0.1:5999' '  server s 127.0.0.1:5998 ssl verify none' >ask.cfg
}
accepts() { haproxy -c -f ask.cfg >ask.log 2>&1 </dev/null; }
haproxy -v | sed -n 's/^HAProxy version \([0-9.]*\).*/version \1/p'
write ''
haproxy -dKcfg -c -f ask.cfg 2>/dev/null | sed -n '/^global$/,/^[a-z]/s/^\t\([a-z][^ ]*\)$/keyword \1/p'
# Keywords that are no part of that list, since they are compared one by one: they are asked for.
for keyword in "$@"; do
  write "$keyword"
  accepts || true
  grep -q "unknown keyword '$keyword'" ask.log || echo "keyword $keyword"
done
names() { grep -aohE "$1" /usr/lib/*/libssl.so.3 /usr/lib/*/libcrypto.so.3 | sort -u; }
try() {
  while read -r name; do
    write "ssl-default-server-$2 $name"
    ! accepts || echo "$1 $name"
  done
}
names 'TLS_(AES|CHACHA20|SHA)[A-Z0-9_]*' | try suite ciphersuites
names '(P-[0-9]{3}|prime[0-9a-z]+|sec[pt][0-9a-zA-Z]+|SecP[0-9A-Za-z]+|brainpoolP[0-9a-z]+|ffdhe[0-9]+|[xX](25519|448)[0-9A-Za-z]*|MLKEM[0-9]+)' | try group curves
names '((rsa|ecdsa|dsa)_[a-z0-9_]+|ed25519|ed448|mldsa[0-9]+)' | try signature sigalgs
for key in RSA RSA-PSS DSA ECDSA; do for hash in SHA1 SHA224 SHA256 SHA384 SHA512; do echo "$key+$hash"; done; done | try signature sigalgs
