import type { FaultRecord, PhaseRecord, ScenarioRecord, Span } from "../../../run/record.ts";
import type { Strip } from "../frame.ts";
import { drawLanes, heightOfLanes, type Lane, type LaneSpan } from "../lanes.ts";

function stretch({ from, to }: Span): string {
  return `${from.toFixed(1)} to ${to.toFixed(1)} s`;
}

function phaseSpan(phase: PhaseRecord): LaneSpan {
  return { ...phase, look: "outline", ink: "replica", text: phase.name, tooltip: `${phase.name}: ${stretch(phase)}` };
}

function faultLane(fault: FaultRecord): Lane {
  return {
    name: "fault",
    spans: [{ ...fault, look: "solid", ink: "fault", text: fault.name, tooltip: `${fault.name}: ${stretch(fault)}` }],
  };
}

/** Phases of a scenario, and what was broken meanwhile. */
export function faultStrip({ phases, fault }: ScenarioRecord): Strip {
  const lanes: Lane[] = [{ name: "phase", spans: phases.map(phaseSpan) }, ...(fault ? [faultLane(fault)] : [])];
  return {
    title: "Phases and fault",
    legend: fault ? [{ label: `${fault.name}, ${stretch(fault)}`, look: "solid", ink: "fault" }] : [],
    height: heightOfLanes(lanes.length),
    says: fault ? `The fault, ${fault.name}, lasted from ${stretch(fault)}.` : "Nothing was broken.",
    draw: (frame) => drawLanes(frame, lanes),
  };
}
