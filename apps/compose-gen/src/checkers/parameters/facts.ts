import { z } from "zod";

const names = z.array(z.string());

const settingSchema = z.object({
  type: z.enum(["bool", "enum", "integer", "real", "string"]),
  unit: z.string().nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  words: names.nullable(),
  context: z.enum(["postmaster", "sighup", "superuser-backend", "backend", "superuser", "user"]),
});

const validatorSchema = z.object({
  type: z.enum(["Bool", "Integer", "Real", "Enum", "EnumBool", "String"]),
  unit: z.string().nullable(),
  words: names.nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
});

/** A row of `pg_settings`. */
export type ServerSetting = z.infer<typeof settingSchema>;
/** One of Patroni's own checks. */
export type Validator = z.infer<typeof validatorSchema>;

/** What `ask.py` prints: what the programs of an image say of themselves. */
export const factsSchema = z.object({
  versions: z.object({ postgresql: z.string(), patroni: z.string(), openssl: z.string() }),
  parameters: z.record(
    z.string(),
    settingSchema.extend({
      /** Words that PostgreSQL took when it was tried. */
      taken: names,
      /** The check that comes before the file is written. */
      patroni: validatorSchema.nullable(),
      /** The check that comes before a parameter of the DCS is used. */
      shared: validatorSchema.nullable(),
    }),
  ),
  libraries: z.record(z.string(), z.record(z.string(), settingSchema)),
  lists: z.record(z.string(), names),
  timeZones: names,
  locales: names,
  encodings: names,
  abbreviations: names,
  curves: names,
  ciphers: z.object({ suites: names, words: z.record(z.string(), z.array(z.int())) }),
  /** kB. */
  maxStackDepth: z.int(),
});
export type Facts = z.infer<typeof factsSchema>;
