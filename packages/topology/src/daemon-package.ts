import type { Finding } from "./diagnostic.ts";
import type { RenderedFile, SecretFile, Secrets } from "./rendered-file.ts";
import type { Member, Topology } from "./resolve/topology.ts";
import type { NodeRole } from "./roles.ts";

/** What a daemon's package offers. The assembling program knows the packages by this alone: a new daemon is one more of them. */
export interface DaemonPackage<Code extends string = string> {
  readonly kind: NodeRole;
  /** Its name where its findings are listed. */
  readonly title: string;
  /** Every code that its rules can report. */
  readonly codes: readonly Code[];
  /** What the daemon cannot accept. */
  readonly rules: readonly ((topology: Topology) => readonly Finding<Code>[])[];
  /** The configuration of every member, sorted by path. */
  readonly render: (topology: Topology) => RenderedFile[];
  /**
   * The secret files of every member, sorted by path.
   * @throws RangeError when a variable of `secretsOf` has no value
   */
  readonly renderSecrets: (topology: Topology, secrets: Secrets) => SecretFile[];
  /** Open files that one daemon needs; absent: what every process is given. */
  readonly descriptors?: (topology: Topology) => number;
  /** Processes and threads that one daemon may have at once, those of a reload and of the health check among them. */
  readonly processes: (topology: Topology, member: Member) => number;
  /** Seconds between the stop signal and the kill. */
  readonly stopGrace: (topology: Topology, member: Member) => number;
}
