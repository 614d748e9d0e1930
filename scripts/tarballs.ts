// Packs everything that is published into a folder, for an installation without a registry.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { packAll } from "./packed/pack.ts";

const [folder, ...rest] = process.argv.slice(2).filter((argument) => argument !== "--");
if (folder === undefined || rest.length > 0) {
  console.error("Usage: pnpm tarballs FOLDER");
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  for (const tarball of packAll(resolve(folder))) console.log(tarball);
}
