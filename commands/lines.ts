import { once } from "node:events";
import { errorText } from "../shared/edge.ts";
import { Refusal } from "../shared/refusal.ts";

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
  let rest = "";
  let overlong = false;
  let allOk = true;
  let pending: string[] = [];
  const reply = (line: string) => {
    const answered = overlong || line.length >= longest ? tooLong : answer(line);
    allOk &&= answered.ok;
    pending.push(answered.line, "\n");
  };
  const flush = async () => {
    const block = pending.join("");
    pending = [];
    if (block && !output.write(block)) await once(output, "drain");
  };

  input.setEncoding("utf8");
  let begun = false;
  for await (const chunk of input as AsyncIterable<string>) {
    // A file from Windows begins with a byte-order mark.
    let start = !begun && chunk.startsWith("\uFEFF") ? 1 : 0;
    begun = true;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", start)) {
      const line = rest + chunk.slice(start, end);
      reply(line);
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
  if (rest !== "" || overlong) reply(rest);
  await flush();
  process.exitCode = allOk ? 0 : 1;
}

/** What a line that was not kept is told. */
const tooLong = {
  line: JSON.stringify({ id: null, error: errorText(new Refusal("malformed", { detail: "一行超过10 MB" })) }),
  ok: false,
};
