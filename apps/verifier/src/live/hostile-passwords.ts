/**
 * What the live cluster's passwords are: characters that YAML, SQL, JSON, shells, INI, HAProxy, libpq, PgBouncer, HTTP or
 * compose give a meaning to. Each holds a plain part of its own, by which a search finds it however it is escaped.
 * The others stay blank and are generated.
 */
export const HOSTILE_PASSWORDS: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: `it's "superuserQ7mZ4kW9" \\ \\\\ $HOME \${PATH} #1`,
  ROLE_APP_PASSWORD: `a b:applicationX3nR8vT5\\d'e"f$g#h%i@j/k?l=m&n;--{{o}}`,
  MONITOR_PASSWORD: ` monitoringL6pJ2cB7 with blanks at its ends `,
  PATRONI_REST_PASSWORD: `€ naïve: restH9dF4sK1 "\\'%41+`,
  ETCD_ROOT_PASSWORD: `"},{"a":1}\\u0041 etcdrootV5gN8xM2 '$(id)\`id\``,
  ETCD_PATRONI_PASSWORD: `- & * ! | > etcdpatroniY2wC6bD3 @ %TAG {a: b} ~`,
  ADMIN_HAPROXY_PASSWORD: `'' "$HOME" # statisticsP4tG7hS9 \\ ключ😀`,
};
