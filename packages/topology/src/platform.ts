import { DEBIAN_EXTENSIONS } from "./platforms/debian/extensions.ts";
import type { Extension, Extensions } from "./platforms/extension.ts";

/** What a platform brings: images, versions, packages and places. A new platform is a new row. */
export interface Platform {
  readonly baseImage: string;
  /** Versions of the daemons that the platform's own repositories carry. */
  readonly versions: {
    readonly postgresql: readonly number[];
    readonly patroni: string;
    readonly etcd: string;
    readonly haproxy: string;
    readonly pgbouncer: string;
  };
  /** Folder of PostgreSQL's programs for a major version. */
  readonly postgresqlBin: (major: number) => string;
  /** PostgreSQL's extensions that it carries. */
  readonly extensions: Extensions;
}

/** Every platform, by its id. Versions are those of its own package repositories. */
export const PLATFORMS = {
  "debian-13": {
    baseImage: "debian:trixie-slim",
    versions: { postgresql: [17], patroni: "4.0.7", etcd: "3.5.16", haproxy: "3.0.11", pgbouncer: "1.24.1" },
    postgresqlBin: (major) => `/usr/lib/postgresql/${major}/bin`,
    extensions: DEBIAN_EXTENSIONS,
  },
} as const satisfies Record<string, Platform>;

/** Names of extensions that some platform carries, sorted; those that every database may have, or all. */
export function extensionNames(where: "every database" | "one database"): string[] {
  const rows = Object.values(PLATFORMS).flatMap((platform) => Object.entries<Extension>(platform.extensions));
  const names = rows.filter(([, { oneDatabase }]) => where === "one database" || oneDatabase === undefined).map(([name]) => name);
  return [...new Set(names)].toSorted();
}

/** The value of `platform` in a topology. */
export type PlatformId = keyof typeof PLATFORMS;

/**
 * The users that the daemons run as, with numbers fixed in every image, so that a file can be given to one from outside.
 * Below 1000: Debian's packages refuse a user of their name that is not a system user.
 */
export const DAEMON_USERS = {
  etcd: { name: "etcd", id: 901 },
  postgresql: { name: "postgres", id: 902 },
  haproxy: { name: "haproxy", id: 903 },
  pgbouncer: { name: "pgbouncer", id: 904 },
} as const;
