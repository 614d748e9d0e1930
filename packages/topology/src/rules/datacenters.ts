import { didYouMean } from "../nearest.ts";
import { error, repeated, type TopologyRule, warning } from "./finding.ts";

export const undeclaredDatacenter: TopologyRule = (topology) =>
  topology.nodes
    .filter(({ datacenter }) => !topology.datacenters.includes(datacenter))
    .map(({ name, datacenter }) => {
      const hint = didYouMean(datacenter, topology.datacenters, "Add it to `datacenters`, which holds");
      return error(
        "undeclared-datacenter",
        ["nodes", name, "datacenter"],
        `Node ${name} is in datacenter "${datacenter}", which is not declared.`,
        hint,
      );
    });

export const duplicateDatacenter: TopologyRule = (topology) =>
  repeated(topology.datacenters).map((name) =>
    error(
      "duplicate-datacenter",
      ["datacenters", topology.datacenters.lastIndexOf(name)],
      `The datacenter "${name}" is declared more than once.`,
      "Keep one of them.",
    ),
  );

export const unusedDatacenter: TopologyRule = (topology) =>
  topology.datacenters.flatMap((datacenter, index) =>
    topology.nodes.some((node) => node.datacenter === datacenter) || topology.datacenters.indexOf(datacenter) < index
      ? []
      : warning(
          "unused-datacenter",
          ["datacenters", index],
          `No node is in datacenter "${datacenter}".`,
          "Place a node in it with `datacenter`, or remove it.",
        ),
  );
