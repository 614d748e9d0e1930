import type { ScenarioRecord, ScenarioSeries } from "../../run/record.ts";
import { anchorOf } from "../model/anchor.ts";
import type { FigureModel } from "./figure.ts";
import { balancersStrip } from "./strips/balancers.ts";
import { etcdStrip } from "./strips/etcd.ts";
import { faultStrip } from "./strips/fault.ts";
import { lagStrip } from "./strips/lag.ts";
import { latencyStrip } from "./strips/latency.ts";
import { outcomesStrip } from "./strips/outcomes.ts";
import { rolesStrip } from "./strips/roles.ts";
import { stalenessStrip } from "./strips/staleness.ts";

/** What happened in a scenario, over its time. */
export function scenarioFigure(scenario: ScenarioRecord, series: ScenarioSeries): FigureModel {
  return {
    id: anchorOf("figure", scenario.id),
    title: `${scenario.title}: what happened, over ${scenario.seconds.toFixed(0)} seconds`,
    span: { from: 0, to: scenario.seconds },
    axis: "seconds since the start of the scenario",
    band: scenario.fault,
    titles: "above",
    strips: [
      faultStrip(scenario),
      rolesStrip(series.roles),
      etcdStrip(series.etcd),
      balancersStrip(series.balancers),
      outcomesStrip(series.outcomes),
      latencyStrip(series.latencies),
      lagStrip(series.lag),
      stalenessStrip(series.staleness, series.stalenessBound),
    ],
  };
}
