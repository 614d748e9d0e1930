import { etcdRules } from "@matriarch/etcd-config";
import { haproxyRules } from "@matriarch/haproxy-config";
import { patroniRules } from "@matriarch/patroni-config";
import { pgbouncerRules } from "@matriarch/pgbouncer-config";
import { pkiRules } from "@matriarch/pki";
import { type Rule, topologyRules } from "@matriarch/topology";

/** Every rule of every package: each knows what its own daemon cannot accept. */
export const ALL_RULES: readonly Rule[] = [
  ...topologyRules,
  ...pkiRules,
  ...etcdRules,
  ...patroniRules,
  ...haproxyRules,
  ...pgbouncerRules,
];
