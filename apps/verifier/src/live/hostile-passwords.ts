/**
 * What the live cluster's passwords are: characters that YAML, SQL, JSON, shells, INI, HAProxy, libpq, PgBouncer, HTTP or
 * compose give a meaning to. Each holds a plain part of its own, by which a search finds it however it is escaped.
 * The others stay blank and are generated.
 */
export const HOSTILE_PASSWORDS: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: `it's "superuserQ7mZ4kW9" \\ \\\\ $HOME \${PATH} #1`,
  ROLE_APP_PASSWORD: `a b:applicationX3nR8vT5\\d'e"f$g#h%i@j/k?l=m&n;--{{o}}`,
  MONITOR_PASSWORD: ` monitoringL6pJ2cB7 with blanks at its ends `,
  PATRONI_REST_PASSWORD: `€ naïve: restapiH9dF4sK1wE "\\'%41+`,
  ETCD_ROOT_PASSWORD: `"},{"a":1}\\u0041 etcdrootV5gN8xM2 '$(id)\`id\``,
  ETCD_PATRONI_PASSWORD: `- & * ! | > etcdpatroniY2wC6bD3 @ %TAG {a: b} ~`,
  ADMIN_HAPROXY_PASSWORD: `'' "$HOME" # statisticsP4tG7hS9 \\ ключ😀`,
};

/** One more for each, to change to while the cluster runs: as a person writes it in the environment file, and what it means. */
export const CHANGED_PASSWORDS: Readonly<Record<string, { readonly written: string; readonly password: string }>> = {
  POSTGRES_PASSWORD: { written: String.raw`'\';DROP TABLE x;-- ü'`, password: "';DROP TABLE x;-- ü" },
  ROLE_APP_PASSWORD: { written: `'${"0123456789 äöü:@".repeat(32)}'`, password: "0123456789 äöü:@".repeat(32) },
  MONITOR_PASSWORD: { written: String.raw`"ends with a backslash \\"`, password: "ends with a backslash \\" },
  // A ligature and a no-break space: SCRAM's two sides have to normalize them alike.
  ROLE_REPORT_PASSWORD: { written: `'#ﬁ\u00a0\${X} $$ {{report}} %s!'`, password: "#ﬁ\u00a0${X} $$ {{report}} %s!" },
  PATRONI_REST_PASSWORD: { written: `':a:ключ"%3A\\n'`, password: ':a:ключ"%3A\\n' },
  // etcd takes 72 bytes at most.
  ETCD_ROOT_PASSWORD: { written: `'${"é".repeat(36)}'`, password: "é".repeat(36) },
  ETCD_PATRONI_PASSWORD: { written: `'? "x": [*a, &b] \\u0000 日本'`, password: '? "x": [*a, &b] \\u0000 日本' },
  ADMIN_HAPROXY_PASSWORD: { written: String.raw`'a:b "c" \'d\' # \$e'`, password: `a:b "c" 'd' # \\$e` },
  PGBOUNCER_ADMIN_PASSWORD: { written: `' "" ; ﬁ \\"b" # '`, password: ' "" ; ﬁ \\"b" # ' },
};
