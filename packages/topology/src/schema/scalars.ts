import { z } from "zod";
import { isPrintable } from "../printable.ts";

/** A DNS label: it becomes a host name, a container name, a certificate name and a file name. */
export const name = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be a DNS label: lower-case letters, digits and hyphens, at most 63, starting with a letter",
  )
  .describe("A DNS label.");

/** A PostgreSQL identifier that needs no quoting in any of the files it appears in. */
export const identifier = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_]{0,58}$/,
    "must be a plain PostgreSQL identifier: lower-case letters, digits and underscores, at most 59 characters",
  )
  .describe("A PostgreSQL identifier that needs no quoting.");

export const port = z.int().min(1).max(65535).describe("A TCP port.");

export const ipv4 = z.ipv4("must be an IPv4 address").describe("An IPv4 address.");

export const subnet = z.cidrv4("must be an IPv4 network like 172.28.0.0/24").describe("An IPv4 network in CIDR notation.");

/** Where clients come from: a network in CIDR notation. */
export const source = z
  .union([z.cidrv4(), z.cidrv6()], "must be a network like 10.0.0.0/8 or 2001:db8::/32")
  .describe("A network in CIDR notation.");

const SIZE = "must be a size with a binary unit, like 512MiB or 4GiB";

export const size = z
  .string(SIZE)
  .regex(/^[1-9][0-9]*(KiB|MiB|GiB|TiB)$/, SIZE)
  .describe("A size with a binary unit: KiB, MiB, GiB or TiB.");

export const days = z.int().min(1).max(36500).describe("A lifetime in days.");

/** Text on one line: what every file format can hold and every terminal can show. */
export const line = z.string().refine(isPrintable, "must be text on one line, without control characters");

/** The value of a free parameter, as the daemon's own documentation writes it. */
export const parameterValue = z.union([line, z.number(), z.boolean()]).describe("A value as the daemon's documentation writes it.");

const UNITS: Record<string, number> = { K: 1, M: 1024, G: 1024 ** 2, T: 1024 ** 3 };

/** Kibibytes of a size that the schema accepted. */
export function kibibytes(text: string): number {
  const match = /^([0-9]+)([KMGT])iB$/.exec(text);
  const unit = match ? UNITS[match[2] ?? ""] : undefined;
  if (!match || unit === undefined) throw new RangeError(`not a size: ${text}`);
  return Number(match[1]) * unit;
}
