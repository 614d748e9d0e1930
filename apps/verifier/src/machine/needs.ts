/** What was found on the machine. Bytes. */
export interface Found {
  readonly processors: number;
  readonly available: number;
  /** Room on disks, by what is kept there. */
  readonly room: readonly { readonly what: string; readonly folder: string; readonly free: number }[];
  /** Versions; `null` where there is none that answers. */
  readonly engine: string | null;
  readonly compose: string | null;
  readonly ports: {
    /** Those that the cluster publishes. */
    readonly all: readonly number[];
    /** Those of them at which somebody answers. */
    readonly answering: readonly number[];
  };
}

/** `running`: the cluster is there already. `new`: it is brought up, images are built, and its ports have to be free. */
export type Purpose = "running" | "new";

const GIB = 2 ** 30;

/** What it takes. A cluster of three nodes holds about 350 MiB; the rest is for the verifier, for builds and for what faults write. */
const NEEDED: Readonly<Record<Purpose, { readonly processors: number; readonly memory: number; readonly disk: number }>> = {
  running: { processors: 2, memory: 1 * GIB, disk: 2 * GIB },
  new: { processors: 2, memory: 2 * GIB, disk: 5 * GIB },
};

/** One thing that it takes. */
export interface Need {
  readonly what: string;
  readonly needed: string;
  readonly found: string;
  /** What to do where it is not there; `null` where it is. */
  readonly remedy: string | null;
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

function portsNeed({ all, answering }: Found["ports"], purpose: Purpose): Need {
  if (purpose === "running") {
    const dead = all.filter((port) => !answering.includes(port));
    const remedy = dead.length === 0 ? null : `nobody answers at ${dead.join(", ")}: look at ./cluster status`;
    return { what: "ports", needed: `${all.length} of the cluster`, found: `${answering.length} answer`, remedy };
  }
  const remedy = answering.length === 0 ? null : `${answering.join(", ")} taken: end what listens there`;
  return { what: "ports", needed: `${all.length} free`, found: `${all.length - answering.length} free`, remedy };
}

/** What it takes, beside what was found. */
export function needsOf(found: Found, purpose: Purpose): readonly Need[] {
  const { processors, memory, disk } = NEEDED[purpose];
  const need = (what: string, needed: string, there: string, isMet: boolean, remedy: string): Need => {
    return { what, needed, found: there, remedy: isMet ? null : remedy };
  };
  return [
    need(
      "processors",
      String(processors),
      String(found.processors),
      found.processors >= processors,
      "times and shares in time will be worse than what is promised",
    ),
    need("memory", `${gib(memory)} available`, gib(found.available), found.available >= memory, "end what else holds memory"),
    ...found.room.map(({ what, folder, free }) =>
      need(`disk for ${what}`, `${gib(disk)} in ${folder}`, gib(free), free >= disk, "make room there"),
    ),
    need(
      "engine",
      "docker with compose",
      `docker ${found.engine ?? "does not answer"}, compose ${found.compose ?? "is missing"}`,
      found.engine !== null && found.compose !== null,
      "make install-tools",
    ),
    portsNeed(found.ports, purpose),
  ];
}

/** The same for people, a line each. What is missing is marked, with what to do: nothing is refused for it. */
export function needsText(needs: readonly Need[]): string {
  const lines = needs.map(({ what, needed, found, remedy }) =>
    remedy === null ? `  ✓ ${what}: ${needed}; found ${found}` : `  ! ${what}: ${needed}; found ${found}: ${remedy}`,
  );
  return ["It takes, and found on this machine:", ...lines].join("\n");
}
