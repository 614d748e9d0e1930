import manifest from "../package.json" with { type: "json" };

/** Version of Matriarch, as released. */
export const version: string = manifest.version;
