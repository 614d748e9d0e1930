import { bankWorkload } from "./bank.ts";
import { listAppendWorkload } from "./list-append.ts";
import { readOnlyWorkload } from "./read-only.ts";
import { registerWorkload } from "./register.ts";
import { setWorkload } from "./set-workload.ts";
import type { Workload } from "./workload.ts";

/** Everything that clients do at once, in every scenario that has clients. */
export const WORKLOADS: readonly Workload[] = [setWorkload, registerWorkload, bankWorkload, listAppendWorkload, readOnlyWorkload];
