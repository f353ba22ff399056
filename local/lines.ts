import { once } from "node:events";

const longest = 10_000_000;

/**
 * Answers standard input line by line on standard output, in order, in constant memory; a line of 10 MB or more is
 * answered without being kept. The exit status is 0 when every line was computed and 1 otherwise.
 */
export async function answerLines(
  answer: (line: string) => { line: string; ok: boolean },
  {
    input = process.stdin,
    output = process.stdout,
  }: { input?: NodeJS.ReadableStream; output?: NodeJS.WritableStream } = {},
): Promise<void> {
  let allOk = true;
  let pending: string[] = [];
  const reply = (line: string) => {
    const answered = answer(line);
    allOk &&= answered.ok;
    pending.push(answered.line, "\n");
  };
  const flush = async () => {
    const block = pending.join("");
    pending = [];
    if (block && !output.write(block)) await once(output, "drain");
  };

  let rest = "";
  let overlong = false;
  input.setEncoding("utf8");
  for await (const chunk of input as AsyncIterable<string>) {
    let start = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", start)) {
      const line = rest + chunk.slice(start, end);
      reply(overlong ? tooLong : line);
      rest = "";
      overlong = false;
      start = end + 1;
    }
    rest += chunk.slice(start);
    if (rest.length >= longest) {
      overlong = true;
      rest = "";
    }
    await flush();
  }
  if (rest !== "" || overlong) reply(overlong ? tooLong : rest);
  await flush();
  process.exitCode = allOk ? 0 : 1;
}

/** Stands for a line too long to keep: no JSON, so it is refused as malformed. */
const tooLong = "(一行超过10 MB)";
