import type { RunRecord } from "./record.ts";

const NOT_YET = "No scenario does it yet.";
const KERNEL = "It takes a module of the kernel that machines for tests often lack.";

/** What no scenario tests, and why: said in every report, so that nobody takes silence for proof. */
export const UNTESTED: RunRecord["untested"] = [
  { what: "A full disk, devoured memory, a slow network, a clock that jumps, anywhere but on the primary", why: NOT_YET },
  {
    what: "A clock that jumps back by more than four minutes",
    why: "Certificates begin five minutes before they are issued: on a new cluster they would not be valid yet.",
  },
  { what: "A server's certificate that expires, and certificates that rotate under load", why: NOT_YET },
  {
    what: "A scan of every TLS port by a program made for that, such as testssl.sh",
    why: "Its releases before 3.2, Debian 12's among them, present no client certificate: they would see a refusal and no more.",
  },
  { what: "Two faults at once, but for the primary with its standby, its successor or a pooler", why: NOT_YET },
  { what: "Added delay and reordering of packets (netem)", why: KERNEL },
  { what: "A watchdog that resets a machine whose Patroni stands still", why: KERNEL },
];
