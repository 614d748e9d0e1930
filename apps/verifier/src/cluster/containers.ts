import path from "node:path";
import { execa } from "execa";
import type { BundleFacts, BundleMember } from "./bundle.ts";
import type { Cluster } from "./cluster.ts";
import { containerResources, type Resources } from "./container-resources.ts";
import { askHttps } from "./https.ts";
import type { CommandResult, Confinement, LoggedLine, MemberState, Sight } from "./looks.ts";
import { shellWord } from "./machine.ts";
import { blockPackets, type Namespace, unblockPackets } from "./packets.ts";
import { openRelay } from "./relay.ts";

async function docker(args: readonly string[], input?: string): Promise<CommandResult> {
  const result = await execa("docker", args, {
    reject: false,
    timeout: 120_000,
    ...(input === undefined ? { stdin: "ignore" } : { input }),
  });
  return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
}

async function dockerOrThrow(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(args);
  if (exitCode !== 0) throw new Error(`docker ${args.join(" ")}: ${stderr}`);
  return stdout;
}

interface Inspected {
  readonly State: {
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Pid: number;
    readonly Health?: { readonly Status: string };
  };
  readonly RestartCount: number;
  /** Digest of the image. */
  readonly Image: string;
  readonly Config: { readonly Image: string };
  readonly HostConfig: {
    readonly Memory: number;
    readonly MemorySwap: number;
    readonly NanoCpus: number;
    readonly PidsLimit: number | null;
    readonly RestartPolicy: { readonly Name: string };
  };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>>;
  };
}

async function inspect(member: BundleMember): Promise<Inspected> {
  return JSON.parse(await dockerOrThrow(["container", "inspect", "--format", "{{json .}}", member.container])) as Inspected;
}

async function stateOf(member: BundleMember): Promise<MemberState> {
  const { State, RestartCount } = await inspect(member);
  return { running: State.Running, healthy: State.Health?.Status === "healthy", restarts: RestartCount };
}

async function confinementOf(member: BundleMember): Promise<Confinement> {
  const { HostConfig, NetworkSettings } = await inspect(member);
  return {
    memory: HostConfig.Memory,
    memoryAndSwap: HostConfig.MemorySwap,
    processors: HostConfig.NanoCpus / 1e9,
    processes: HostConfig.PidsLimit ?? 0,
    restartsByItself: ["always", "unless-stopped"].includes(HostConfig.RestartPolicy.Name),
    published: Object.entries(NetworkSettings.Ports)
      .flatMap(([port, bindings]) => (bindings ?? []).map(({ HostIp, HostPort }) => `${HostIp}:${HostPort} → ${port.replace("/tcp", "")}`))
      .toSorted(),
  };
}

async function describe(member: BundleMember): Promise<Sight[]> {
  const { Config } = await inspect(member);
  const questions = [
    ["container", "inspect", member.container],
    ["image", "inspect", Config.Image],
    ["image", "history", "--no-trunc", Config.Image],
    ["top", member.container, "axeww"],
  ];
  return Promise.all(questions.map(async (args) => ({ where: `docker ${args.join(" ")}`, text: await dockerOrThrow(args) })));
}

/** Two streams, each line with when it was written, as one in the order of time. */
async function loggedBy(member: BundleMember, from: Date, to: Date): Promise<LoggedLine[]> {
  const stretch = ["--since", from.toISOString(), "--until", to.toISOString()];
  const { stdout, stderr } = await docker(["logs", "--timestamps", ...stretch, member.container]);
  return [...stdout.split("\n"), ...stderr.split("\n")]
    .map((text) => ({ at: Date.parse(text.slice(0, text.indexOf(" "))), line: text.slice(text.indexOf(" ") + 1) }))
    .filter(({ at, line }) => Number.isFinite(at) && line.trim() !== "")
    .toSorted((a, b) => a.at - b.at);
}

/** Containers of a compose project, by their names without the project's. */
async function presentIn(scope: string): Promise<string[]> {
  const names = await dockerOrThrow(["ps", "--all", "--filter", `label=com.docker.compose.project=${scope}`, "--format", "{{.Names}}"]);
  return names
    .split("\n")
    .map((name) => name.replace(`${scope}-`, ""))
    .toSorted();
}

/** Bash dials by itself: nothing has to be installed. Whichever side ends first ends both. */
const DIAL = 'exec 3<>"/dev/tcp/$0/$1"; cat <&3 & cat >&3 <&0 & wait -n; kill %1 %2';

const NEVER = new AbortController().signal;

/** A cluster whose members are containers on this machine. */
export function containerCluster(facts: BundleFacts): Cluster {
  const commands: string[] = [];
  const change = async (...args: string[]): Promise<void> => {
    commands.push(["docker", ...args].join(" "));
    await dockerOrThrow(args);
  };
  const tell = (command: string) => void commands.push(command);
  const told: Cluster["alter"] = (member, command) => {
    tell(["docker", "exec", member.container, ...command.map(shellWord)].join(" "));
    return docker(["exec", member.container, ...command]);
  };
  const script = async (...words: readonly string[]): Promise<void> => {
    commands.push(["./cluster", ...words].join(" "));
    await execa(path.join(facts.directory, "cluster"), words, { stdin: "ignore", all: true, env: { YES: "1" } });
  };
  const netns = async (member: BundleMember): Promise<Namespace | null> => {
    const { Running, Pid } = (await inspect(member)).State;
    return Running ? { process: Pid, tell } : null;
  };
  const cluster: Omit<Cluster, keyof Resources> = {
    facts,
    ended: NEVER,
    commands,
    run: (member, command, input) =>
      docker(["exec", ...(input === undefined ? [] : ["--interactive"]), member.container, ...command], input),
    alter: told,
    repair: told,
    change: (work) => work(),
    https: (asked) => askHttps(facts, asked),
    relay: (member, host, port) =>
      openRelay(() =>
        execa("docker", ["exec", "--interactive", member.container, "bash", "-c", DIAL, host, String(port)], {
          reject: false,
          buffer: false,
        }),
      ),
    present: () => presentIn(facts.scope),
    state: stateOf,
    confinement: confinementOf,
    description: describe,
    image: async (member) => (await inspect(member)).Image,
    logs: async (member, since) => {
      const { stdout, stderr } = await docker(["logs", ...(since ? ["--since", since.toISOString()] : []), member.container]);
      return `${stdout}\n${stderr}`;
    },
    logged: loggedBy,
    signal: (member, signal) => change("kill", "--signal", signal, member.container),
    freeze: (member) => change("pause", member.container),
    thaw: async (member) => {
      if ((await inspect(member)).State.Paused) await change("unpause", member.container);
    },
    block: async (member, rules) => {
      const namespace = await netns(member);
      if (namespace === null) throw new Error(`${member.name} does not run: it has no network to block`);
      await blockPackets(namespace, rules);
    },
    // Rules go with the network of a member that is stopped.
    unblock: async (member) => {
      const namespace = await netns(member);
      if (namespace) await unblockPackets(namespace);
    },
    stop: (member) => change("stop", "--time", "30", member.container),
    start: (member) => change("start", member.container),
    restart: (member) => change("restart", "--time", "30", member.container),
    client: async ([program, ...args], service) => {
      const env = { PGSERVICEFILE: "pg_service.conf", PGSERVICE: service };
      const result = await execa(program, args, { cwd: facts.directory, env, reject: false, timeout: 30_000, stdin: "ignore" });
      return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
    },
    operate: (command) => script(command),
    reload: (member) => script("reload", member.name),
    follow: async (lines) => {
      commands.push(lines.trimEnd());
      const shell = ["-euo", "pipefail", "-c", lines];
      const { exitCode, all } = await execa("bash", shell, {
        cwd: facts.directory,
        stdin: "ignore",
        all: true,
        reject: false,
        timeout: 300_000,
      });
      if (exitCode !== 0) throw new Error(`${lines.trimEnd().split("\n")[0]} …: exit code ${exitCode}: ${all.slice(-1000)}`);
    },
  };
  return { ...cluster, ...containerResources({ ...cluster, tell, netns }) };
}
