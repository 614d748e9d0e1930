import { error, type TopologyRule } from "./finding.ts";

export const leafOutlivesCa: TopologyRule = ({ tls: { caDays, leafDays } }) =>
  leafDays <= caDays
    ? []
    : [
        error(
          "leaf-outlives-ca",
          ["tls", "lifetime", "leaf"],
          `Leaf certificates would live ${leafDays} days, longer than the ${caDays} days of the CA that signs them.`,
          `Set it to ${caDays} or less; 397 days is the default.`,
        ),
      ];
