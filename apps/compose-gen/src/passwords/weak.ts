import type { Finding, Secret, Secrets } from "@matriarch/topology";
import type { PasswordCode } from "./codes.ts";

/** Programs type these passwords, people seldom do: twelve cost nobody anything, and leave out most of what lists of them hold. */
const SHORTEST = 12;

/** Fewer are a pattern: `aaaaaaaaaaaa`, `121212121212`. */
const FEWEST_CHARACTERS = 5;

function weaknessOf(password: string, user: string): string | undefined {
  if (password.toLowerCase() === user.toLowerCase()) return "is the name that it belongs to";
  const characters = Array.from(password);
  if (characters.length < SHORTEST) return `has fewer than ${SHORTEST} characters`;
  return new Set(characters).size < FEWEST_CHARACTERS ? `has fewer than ${FEWEST_CHARACTERS} different characters` : undefined;
}

/** A warning for each password that can be guessed. Blank ones are generated, and are not. Never quotes it. */
export function weakSecrets(secrets: readonly Secret[], values: Secrets): Finding<PasswordCode>[] {
  return secrets.flatMap(({ variable, user }): Finding<PasswordCode>[] => {
    const password = values[variable] ?? "";
    const weakness = password === "" ? undefined : weaknessOf(password, user);
    if (weakness === undefined) return [];
    const message = `${variable} ${weakness}: it can be guessed.`;
    return [
      {
        code: "weak-secret",
        severity: "warning",
        path: [],
        variable,
        message,
        hint: "Choose a longer one, or leave it blank: one is generated.",
      },
    ];
  });
}
