import path from "node:path";
import { execa } from "execa";
import type { BundleFacts, BundleMember } from "./bundle.ts";
import type { Cluster, CommandResult, MemberState } from "./cluster.ts";

async function docker(args: readonly string[], input?: string): Promise<CommandResult> {
  const result = await execa("docker", args, { reject: false, timeout: 120_000, ...(input === undefined ? { stdin: "ignore" } : { input }) });
  return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
}

async function dockerOrThrow(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(args);
  if (exitCode !== 0) throw new Error(`docker ${args.join(" ")}: ${stderr}`);
  return stdout;
}

interface Inspected {
  readonly State: { readonly Running: boolean; readonly Health?: { readonly Status: string } };
  readonly RestartCount: number;
}

async function inspect(member: BundleMember): Promise<MemberState> {
  const text = await dockerOrThrow(["inspect", "--format", "{{json .}}", member.container]);
  const { State, RestartCount } = JSON.parse(text) as Inspected;
  return { running: State.Running, healthy: State.Health?.Status === "healthy", restarts: RestartCount };
}

/** A cluster whose members are containers on this machine. */
export function containerCluster(facts: BundleFacts): Cluster {
  return {
    facts,
    run: (member, command, input) => docker(["exec", ...(input === undefined ? [] : ["--interactive"]), member.container, ...command], input),
    state: inspect,
    logs: async (member, since) => {
      const { stdout, stderr } = await docker(["logs", ...(since ? ["--since", since.toISOString()] : []), member.container]);
      return `${stdout}\n${stderr}`;
    },
    signal: async (member, signal) => void (await dockerOrThrow(["kill", "--signal", signal, member.container])),
    stop: async (member) => void (await dockerOrThrow(["stop", "--time", "30", member.container])),
    start: async (member) => void (await dockerOrThrow(["start", member.container])),
    restart: async (member) => void (await dockerOrThrow(["restart", "--time", "30", member.container])),
    operate: async (command) => void (await execa(path.join(facts.directory, "cluster"), [command], { stdin: "ignore", all: true })),
  };
}
