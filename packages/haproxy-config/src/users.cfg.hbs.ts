/** `users.cfg`: the passwords, in a file of their own that only HAProxy's user reads. */
export const USERS_CFG = String.raw`userlist {{userlist}}
  user {{user}} insecure-password {{password}}
`;
