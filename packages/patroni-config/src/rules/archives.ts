import type { Topology } from "@matriarch/topology";
import { splitLibraries } from "../settings/libraries.ts";
import { isOn, type WrittenParameter, writtenParameters } from "./written.ts";

/** Whether PostgreSQL archives its WAL: where it does not, nothing is called and nothing is kept. */
export function isArchiving(topology: Topology): boolean {
  return writtenParameters(topology, "archive_mode").some(({ value }) => isOn(value) || value === "always");
}

const isSet = ({ value }: WrittenParameter) => String(value).trim() !== "";

/** What the topology says about a parameter, where that is not the empty text: empty is off. */
export function setParameters(topology: Topology, name: string): WrittenParameter[] {
  return writtenParameters(topology, name).filter(isSet);
}

/** A library, and the parameter that names it. */
export interface NamedLibrary extends WrittenParameter {
  readonly name: string;
}

/** The library that archives. */
export function archiveLibraries(topology: Topology): NamedLibrary[] {
  return setParameters(topology, "archive_library").map((written) => ({ ...written, name: String(written.value) }));
}

/** Libraries that the topology adds to those that the server loads when it starts. */
export function loadsAtStart(topology: Topology): NamedLibrary[] {
  return writtenParameters(topology, "shared_preload_libraries").flatMap((written) =>
    splitLibraries(String(written.value)).map((name) => ({ ...written, name })),
  );
}
