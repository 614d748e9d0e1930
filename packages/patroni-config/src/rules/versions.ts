import { isBefore } from "@matriarch/topology";
import { error, type PatroniRule } from "./finding.ts";

/** What the cluster asks of Patroni, by the release that brought it (Patroni's release notes). */
const NEEDS: readonly { readonly since: string; readonly what: string }[] = [
  { since: "4.0.0", what: 'quorum commit, and the role "primary" in its answers, by which HAProxy knows the primary' },
];

export const patroniTooOld: PatroniRule = ({ platform }) =>
  NEEDS.filter(({ since }) => isBefore(platform.versions.patroni, since)).map(({ since, what }) => {
    const message = `The platform ${platform.id} has Patroni ${platform.versions.patroni}; the cluster needs ${what}, which came with ${since}.`;
    return error("patroni-too-old", ["platform"], message, "Choose a platform with a newer Patroni.");
  });

/** Releases from the first on, before the second. */
type Releases = readonly [from: string, before: string];

const isOneOf = (version: string, ranges: readonly Releases[]) =>
  ranges.some(([from, before]) => !isBefore(version, from) && isBefore(version, before));

const LAST = "999";

interface Conflict {
  readonly etcd: readonly Releases[];
  /** Releases of Patroni that get along with these of etcd. */
  readonly patroni: readonly Releases[];
  readonly because: string;
  readonly instead: string;
}

/**
 * With authentication on, etcd closed requests that older Patronis send without a token (CVE-2026-33413, patroni#3580);
 * its first releases with the fix refused the list of members to everybody but root (etcd#21549, etcd#21550).
 */
const CONFLICTS: readonly Conflict[] = [
  {
    etcd: [
      ["3.5.28", "3.5.29"],
      ["3.6.9", "3.6.10"],
    ],
    patroni: [],
    because: "this release lets nobody but root read the list of members, which Patroni asks for as its own user",
    instead: "Take the release of etcd after it.",
  },
  {
    etcd: [
      ["3.4.42", "3.5.0"],
      ["3.5.29", "3.6.0"],
      ["3.6.10", LAST],
    ],
    patroni: [
      ["4.0.8", "4.1.0"],
      ["4.1.1", LAST],
    ],
    because:
      "with authentication on, etcd asks for a token where this Patroni sends none: for the list of members and to keep its lease alive",
    instead: "Take Patroni 4.0.8, 4.1.1 or newer.",
  },
];

export const etcdRefusesPatroni: PatroniRule = ({ platform: { id, versions } }) =>
  CONFLICTS.filter(({ etcd, patroni }) => isOneOf(versions.etcd, etcd) && !isOneOf(versions.patroni, patroni)).map(
    ({ because, instead }) => {
      const message = `The platform ${id} has etcd ${versions.etcd} and Patroni ${versions.patroni}: ${because}.`;
      return error("etcd-refuses-patroni", ["platform"], message, instead);
    },
  );
