import type { YamlComment } from "@matriarch/topology";

/** Why patroni.yml says what it says, beside its parameters. */
export const REASONS: readonly YamlComment[] = [
  {
    path: ["restapi", "verify_client"],
    text: "There is no allowlist: it would also cover POST /failsafe, and the certificate says more than an address.",
  },
  { path: ["ctl"], text: "patronictl's, and the certificate that the members show to each other." },
  {
    path: ["postgresql", "remove_data_directory_on_rewind_failure"],
    text: "A directory that cannot be rewound may hold the only copy of something: a person decides (`patronictl reinit`).",
  },
  {
    path: ["postgresql", "basebackup"],
    text: "At once, and as fast as the network allows: until the standby is back there is one copy less.",
  },
  {
    path: ["watchdog"],
    text: "Containers have no watchdog device. HAProxy cuts a hanging Patroni's PostgreSQL off, as its check no longer answers.",
  },
];
