import { etcdPackage } from "@matriarch/etcd-config";
import { haproxyPackage } from "@matriarch/haproxy-config";
import { patroniPackage } from "@matriarch/patroni-config";
import { pgbouncerPackage } from "@matriarch/pgbouncer-config";

/** The daemons' packages, in the order of start: the one place that names them. */
export const PACKAGES = [etcdPackage, patroniPackage, haproxyPackage, pgbouncerPackage] as const;

/** Every code that a daemon's package can report. */
export type DaemonCode = (typeof PACKAGES)[number]["codes"][number];
