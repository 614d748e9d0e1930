# Prints what etcd knows, a line each: its version, its flags with their defaults, and the cipher suites that it takes, which
# are tried: those of Go's crypto/tls, and some that it does not have.
cd /tmp || exit
etcd --version | sed -n 's/^etcd Version: /version /p'
etcd --help 2>&1 | sed -n "s/^  --\([a-z0-9-]*\) *\(.*\)$/flag \1 \2/p"
for key in RSA ECDHE_RSA ECDHE_ECDSA; do
  for cipher in RC4_128_SHA 3DES_EDE_CBC_SHA AES_128_CBC_SHA AES_256_CBC_SHA AES_128_CBC_SHA256 AES_256_CBC_SHA384 AES_128_GCM_SHA256 \
    AES_256_GCM_SHA384 CHACHA20_POLY1305 CHACHA20_POLY1305_SHA256; do
    echo "TLS_${key}_WITH_$cipher"
  done
done >suites
printf '%s\n' TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256 TLS_AES_128_CCM_SHA256 >>suites
while read -r suite; do
  printf '%s\n' 'name: ask' 'data-dir: /tmp/ask' 'listen-client-urls: http://127.0.0.1:2379' 'advertise-client-urls: http://127.0.0.1:2379' "cipher-suites: [$suite]" >ask.yaml
  : >ask.log
  etcd --config-file ask.yaml >ask.log 2>&1 </dev/null &
  until grep -qE 'unexpected TLS cipher suite|"starting an etcd server"' ask.log || ! kill -0 $! 2>/dev/null; do sleep 0.02; done
  kill -KILL $! 2>/dev/null
  wait $! 2>/dev/null
  rm -rf ask
  grep -q 'unexpected TLS cipher suite' ask.log || echo "suite $suite"
done <suites
