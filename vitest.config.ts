import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps}/*/src/**/*.test.ts", "{scripts,bench}/**/*.test.ts"],
          exclude: ["**/*.{browser,checker,live,packed}.test.ts"],
          // Property tests try hundreds of topologies; a busy machine is no reason to fail them.
          testTimeout: 60_000,
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
