import { defineConfig } from "vitest/config";

/** How many inputs a property test tries, where each one costs a few milliseconds; read here and nowhere else. */
const propertyRuns = Number(process.env["MATRIARCH_PROPERTY_RUNS"] ?? 500);
if (!Number.isInteger(propertyRuns) || propertyRuns < 1) throw new RangeError("MATRIARCH_PROPERTY_RUNS must be a whole number above 0");

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps}/*/src/**/*.test.ts", "{scripts,bench}/**/*.test.ts"],
          exclude: ["**/*.{browser,checker,disk,live,packed}.test.ts"],
          setupFiles: ["packages/topology/src/testing/property-runs.ts"],
          provide: { propertyRuns },
          // Left to itself vitest keeps one processor free: on two that is half the speed.
          maxWorkers: "100%",
          // Property tests try hundreds of topologies; a busy machine is no reason to fail them.
          testTimeout: Math.max(60_000, 400 * propertyRuns),
        },
      },
      // What is published, installed from its tarballs into an empty project.
      {
        test: {
          name: "packed",
          include: ["scripts/packed/*.packed.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      // The program as users run it: killed, on a full disk, as another user. Takes root: it mounts disks of its own.
      {
        test: {
          name: "disk",
          include: ["apps/*/src/**/*.disk.test.ts"],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
      // The verifier's report, as a browser shows it.
      {
        test: {
          name: "browser",
          include: ["apps/*/src/**/*.browser.test.ts"],
          globalSetup: ["apps/verifier/src/report/browser/setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // The daemons' own checkers on every example, inside the built images.
      {
        test: {
          name: "checkers",
          include: ["apps/*/src/**/*.checker.test.ts"],
          globalSetup: ["apps/compose-gen/src/checkers/setup.ts"],
          provide: { propertyRuns },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // Real containers, one cluster: strictly one after the other.
      {
        test: {
          name: "live",
          include: ["apps/verifier/src/**/*.live.test.ts"],
          globalSetup: ["apps/verifier/src/live/setup.ts"],
          setupFiles: ["apps/verifier/src/live/on-failure.ts"],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
