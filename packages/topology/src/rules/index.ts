import type { Rule } from "../rule.ts";
import * as addresses from "./addresses.ts";
import * as capture from "./capture.ts";
import * as databases from "./databases.ts";
import * as datacenters from "./datacenters.ts";
import * as etcd from "./etcd.ts";
import * as names from "./names.ts";
import * as networks from "./networks.ts";
import * as nodes from "./nodes.ts";
import * as ports from "./ports.ts";
import * as replication from "./replication.ts";
import * as roles from "./roles.ts";
import * as spread from "./spread.ts";
import * as timing from "./timing.ts";
import * as tls from "./tls.ts";
import * as wayIn from "./way-in.ts";

/** What is wrong, or worth knowing, about the topology itself; what a daemon cannot accept is said by its own package. */
export const topologyRules: readonly Rule[] = [
  names.memberNameCollision,
  names.memberNameTooLong,
  names.reservedNodeName,
  nodes.repeatedNodeRole,
  nodes.publishWithoutRole,
  nodes.nodeMemoryShared,
  datacenters.undeclaredDatacenter,
  datacenters.duplicateDatacenter,
  datacenters.unusedDatacenter,
  networks.networkHostBits,
  networks.networksOverlap,
  networks.networkUnusable,
  networks.networkNotPrivate,
  networks.sourceHostBits,
  addresses.addressOutsideNetworks,
  addresses.addressBeyondNetwork,
  addresses.reservedAddress,
  addresses.duplicateAddress,
  ports.portCollision,
  databases.reservedDatabaseName,
  databases.unsupportedPostgresql,
  databases.unknownExtension,
  databases.extensionInSeveralDatabases,
  capture.slotNameTaken,
  capture.unknownOutputPlugin,
  capture.subscriberInPools,
  roles.undeclaredRole,
  roles.unusedRole,
  roles.reservedRoleName,
  roles.roleSourceNotEnforced,
  replication.noPostgresql,
  replication.singlePostgresql,
  replication.noPromotableNode,
  replication.noFailoverCandidate,
  replication.synchronousCountUnmeetable,
  replication.synchronousTooFewSpare,
  replication.synchronousSettingsUnused,
  replication.lagLimitRefusesStandby,
  replication.readsUnserved,
  spread.synchronousAcrossDatacenters,
  spread.synchronousWithinDatacenter,
  spread.majorityWithoutPrimary,
  spread.failsafeAcrossDatacenters,
  timing.belowPatroniMinimum,
  timing.timingExceedsTtl,
  timing.timingEqualsTtl,
  timing.etcdElectionTooShort,
  timing.etcdElectionTight,
  timing.etcdElectionTooLong,
  timing.etcdElectionExceedsRetry,
  timing.checkIntervalsInverted,
  etcd.noEtcd,
  etcd.singleEtcd,
  etcd.evenEtcd,
  etcd.tooManyEtcd,
  etcd.etcdMajorityInOneDatacenter,
  wayIn.noHaproxy,
  wayIn.singleHaproxy,
  wayIn.noPgbouncer,
  wayIn.singlePgbouncer,
  wayIn.wayInThroughOneDatacenter,
  tls.leafOutlivesCa,
];
