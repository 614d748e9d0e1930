import fc from "fast-check";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** How many inputs each property test tries (vitest.config.ts). */
    propertyRuns: number;
  }
}

fc.configureGlobal({ numRuns: inject("propertyRuns") });
