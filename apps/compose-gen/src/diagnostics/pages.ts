import type { TopologyCode } from "@matriarch/topology";
import type { DiagnosticCode } from "./codes.ts";
import type { Page } from "./page.ts";
import { CHANGE_PAGES } from "./pages/change.ts";
import { ENVIRONMENT_PAGES } from "./pages/environment.ts";
import { ETCD_PAGES } from "./pages/etcd.ts";
import { HAPROXY_PAGES } from "./pages/haproxy.ts";
import { PASSWORD_PAGES } from "./pages/passwords.ts";
import { PATRONI_PAGES } from "./pages/patroni.ts";
import { PGBOUNCER_PAGES } from "./pages/pgbouncer.ts";
import { PKI_PAGES } from "./pages/pki.ts";
import { DATABASE_PAGES } from "./pages/topology/databases.ts";
import { DATACENTER_PAGES } from "./pages/topology/datacenters.ts";
import { MEMBER_PAGES } from "./pages/topology/members.ts";
import { NETWORK_PAGES } from "./pages/topology/networks.ts";
import { NODE_PAGES } from "./pages/topology/nodes.ts";
import { REPLICATION_PAGES } from "./pages/topology/replication.ts";
import { TEXT_PAGES } from "./pages/topology/text.ts";
import { TIMING_PAGES } from "./pages/topology/timing.ts";

const TOPOLOGY_PAGES: Readonly<Record<TopologyCode, Page>> = {
  ...TEXT_PAGES,
  ...NODE_PAGES,
  ...NETWORK_PAGES,
  ...DATABASE_PAGES,
  ...REPLICATION_PAGES,
  ...DATACENTER_PAGES,
  ...TIMING_PAGES,
  ...MEMBER_PAGES,
};

/** A page for every code: the compiler keeps the two equal. */
export const PAGES: Readonly<Record<DiagnosticCode, Page>> = {
  ...TOPOLOGY_PAGES,
  ...ENVIRONMENT_PAGES,
  ...PKI_PAGES,
  ...ETCD_PAGES,
  ...PATRONI_PAGES,
  ...HAPROXY_PAGES,
  ...PGBOUNCER_PAGES,
  ...PASSWORD_PAGES,
  ...CHANGE_PAGES,
};
