import {
  type EnvironmentSection,
  type RenderedFile,
  type Topology,
  formatEnvironment,
  overrideVariables,
  secretsOf,
} from "@matriarch/topology";

/** What the environment file may say: settings left blank keep what the topology says, passwords left blank are generated. */
export function environmentSections(topology: Topology): EnvironmentSection[] {
  return [
    {
      title: "Settings that override the topology; blank: what the topology says. This file is kept and never overwritten.",
      variables: overrideVariables(topology).map(({ variable, current, purpose }) => ({
        variable,
        value: "",
        comment: current === "" ? purpose : `${purpose} Topology: ${current}`,
      })),
    },
    {
      title: "Passwords; blank: one is generated. Any printable text is allowed, in single quotes.",
      variables: secretsOf(topology).map(({ variable, purpose }) => ({ variable, value: "", comment: `Password: ${purpose}.` })),
    },
  ];
}

/** `.env.example`: copy it to `.env`. */
export function renderEnvironmentExample(topology: Topology): RenderedFile {
  return { path: ".env.example", content: formatEnvironment(environmentSections(topology)), mode: 0o444 };
}
