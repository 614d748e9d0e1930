export type { Consequence, DataRisk, Effect, Share, Until } from "./effect.ts";
export type { Interval, Term } from "./interval.ts";
export { type DatacenterLoss, type Losses, lossOf, type NodeLoss, type PairLoss, predictLosses } from "./losses.ts";
export { type EndOfStop, type Fault, FAULTS, type Outcome, type Prediction, predictOutages } from "./outages.ts";
export { type Outlook, outlookOf, type Program, type Promises } from "./outlook.ts";
