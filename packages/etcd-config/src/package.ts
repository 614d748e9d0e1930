import type { DaemonPackage } from "@matriarch/topology";
import { ETCD_CODES, type EtcdCode } from "./codes.ts";
import { renderEtcd, renderEtcdSecrets } from "./render.ts";
import { etcdRules } from "./rules.ts";

/** All that this package offers, in the shape that all daemons' packages have. */
export const etcdPackage: DaemonPackage<EtcdCode> = {
  kind: "etcd",
  title: "etcd",
  codes: ETCD_CODES,
  rules: etcdRules,
  render: renderEtcd,
  renderSecrets: renderEtcdSecrets,
  // Threads of Go: few more than processors, and one for each file that the disk is slow with.
  processes: (_, { cpus }) => Math.max(256, 128 + 2 * Math.ceil(cpus)),
  stopGrace: () => 10,
};
