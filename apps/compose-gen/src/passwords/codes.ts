/** Codes about the passwords of the environment file. */
export const PASSWORD_CODES = ["missing-secret", "secret-too-long", "secret-taken-for-hash", "weak-secret"] as const;
/** One of `PASSWORD_CODES`. */
export type PasswordCode = (typeof PASSWORD_CODES)[number];
