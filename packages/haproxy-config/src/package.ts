import type { DaemonPackage } from "@matriarch/topology";
import { HAPROXY_CODES, type HaproxyCode } from "./codes.ts";
import { limitsOf, processesOf } from "./limits.ts";
import { renderHaproxy, renderHaproxySecrets } from "./render.ts";
import { haproxyRules } from "./rules.ts";

/** All that this package offers, in the shape that all daemons' packages have. */
export const haproxyPackage: DaemonPackage<HaproxyCode> = {
  kind: "haproxy",
  title: "HAProxy",
  codes: HAPROXY_CODES,
  rules: haproxyRules,
  render: renderHaproxy,
  renderSecrets: renderHaproxySecrets,
  descriptors: (topology) => limitsOf(topology).fileDescriptors,
  processes: processesOf,
  stopGrace: () => 5,
};
