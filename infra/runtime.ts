const node = 22;

/** 运行环境 · what deployed functions run on, said here alone: the stack names it to Lambda, the bundler writes for it. */
export const runtime = { lambda: `nodejs${node}.x`, target: `node${node}` };
