import { build, frontEnds } from "./build.ts";

/** Builds one front end by its name. */
const frontEnd = frontEnds[process.argv[2] as keyof typeof frontEnds];
await build(frontEnd).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
