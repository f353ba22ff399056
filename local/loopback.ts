import type { Server } from "node:net";

/** 只在本机 · listens for this machine alone: the stand-ins trust whoever reaches them, so that nobody else may. */
export const listenHere = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
