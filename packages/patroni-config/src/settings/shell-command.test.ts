import { describe, expect, test } from "vitest";
import { readCommands } from "./shell-command.ts";

const programsOf = (line: string) => readCommands(line).map(({ words }) => words[0]?.text);

describe("a line for the shell", () => {
  test.each([
    ["cp %p /archive/%f", ["cp"]],
    ["test ! -f /archive/%f && cp %p /archive/%f", ["test", "cp"]],
    ["gzip < %p > /archive/%f.gz || exit 1; sync", ["gzip", "exit", "sync"]],
    ["PGPASSFILE=/x A='b c' pgbackrest --stanza=main archive-push %p", ["pgbackrest"]],
    ["if ! [ -e /a ]; then mkdir /a; fi", ["[", "mkdir"]],
    ["for f in a b; do rsync $f x:; done", ["rsync"]],
    [`'/opt/my tool' "%p"`, ["/opt/my tool"]],
    ["(lz4 -q %p)|cat", ["lz4", "cat"]],
    ["", []],
  ])("%s", (line, programs) => {
    expect(programsOf(line)).toEqual(programs);
  });

  test("is read with its quotes, and says which words the shell would change", () => {
    const [command] = readCommands(String.raw`cp "%p" '/a b/%f' /c\ d $HOME "x$Y" 2>> "/log/%f"`);
    expect(command?.words.map(({ text }) => text)).toEqual(["cp", "%p", "/a b/%f", "/c d", "$HOME", "x$Y"]);
    expect(command?.words.map(({ literal }) => literal)).toEqual([true, true, true, true, false, false]);
    expect(command?.redirected).toEqual([{ text: "/log/%f", literal: true }]);
  });
});
