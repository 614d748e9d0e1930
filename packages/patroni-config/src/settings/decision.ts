import type { ParameterValue } from "../model.ts";

/** A parameter that Matriarch sets. What it can be and what puts it in force is the platform's to say. */
export interface Decision<Facts> {
  readonly key: string;
  readonly value: (facts: Facts) => ParameterValue;
  /** Said above it in the file. */
  readonly why?: string;
}
