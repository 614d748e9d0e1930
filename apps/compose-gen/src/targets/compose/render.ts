import { byPath, NODE_ROLES, peersOf, type RenderedFile, type Secrets, SERVICE_USERS, type Topology } from "@matriarch/topology";
import { FACTS_FILE, type Facts, factsOf, formatFacts } from "../../change/facts.ts";
import type { SecretOverlay } from "../../bundle.ts";
import { PACKAGES } from "../../packages.ts";
import { renderClusterScript } from "./cluster.ts";
import { renderCompose } from "./compose.ts";
import { KEEPS_DATA, containerOf } from "./containers.ts";
import { renderEnvironmentExample } from "./environment-example.ts";
import { renderImages } from "./images/images.ts";
import { renderPromises } from "./promises.ts";
import { renderReadme } from "./readme.ts";
import { renderPassfile, renderServiceFile } from "./service-file.ts";

/** Everything of a compose bundle that holds no secret, sorted by path; and the facts that changes of it are judged by. */
export function renderComposeGeneration(topology: Topology, version: string): { readonly rendered: RenderedFile[]; readonly facts: Facts } {
  const files: RenderedFile[] = [
    ...PACKAGES.flatMap(({ render }) => render(topology)),
    ...renderImages(
      topology,
      NODE_ROLES.filter((kind) => topology[kind].length > 0),
    ),
    renderCompose(topology),
    renderClusterScript(topology),
    renderServiceFile(topology),
    renderEnvironmentExample(topology),
    renderPromises(topology),
    renderReadme(topology, version),
  ];
  const facts = factsOf(topology, files, (member) => ({
    keepsData: KEEPS_DATA[member.kind],
    container: containerOf(topology, member, peersOf(topology, member)),
  }));
  const rendered = [...files, { path: FACTS_FILE, content: formatFacts(facts), mode: 0o444 } as const];
  return { rendered: rendered.toSorted(byPath), facts };
}

/** The files alone. */
export function renderComposeBundle(topology: Topology, version: string): RenderedFile[] {
  return renderComposeGeneration(topology, version).rendered;
}

/** etcd lets root's password be changed by who knows the old one only: its own script does it, at the next start. */
function keepingRoot(file: SecretOverlay): SecretOverlay {
  return file.path.endsWith(`/${SERVICE_USERS.etcdRoot}.json`) ? { ...file, keepsBefore: true } : file;
}

/** The overlays: one folder for each member, readable by its daemon only, and one for the people who connect. */
export function renderComposeSecrets(topology: Topology, secrets: Secrets): SecretOverlay[] {
  return [...PACKAGES.flatMap(({ renderSecrets }) => renderSecrets(topology, secrets)).map(keepingRoot), renderPassfile(topology, secrets)];
}
