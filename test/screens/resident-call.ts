import { type Call, client } from "../../shared/api/client.ts";
import { routeTable } from "../../shared/api/routes.ts";
import type { System } from "./harness.ts";

/** 一位居民 · signed in by SMS code and bound, over HTTP as a phone would; what a journey of officers needs them for. */
export async function residentCall(
  system: System,
  telephone: string,
  name: string,
  identityNumber: string,
): Promise<Call> {
  let token = "";
  const call = client(routeTable(), async ({ method, path, body }) => {
    const reply = await fetch(`${system.origin}${path}`, {
      method,
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: body ?? null,
    });
    return { status: reply.status, body: await reply.json() };
  });
  const { askedAs } = await call("sign-in.send-code", { body: { telephone } });
  const code = await system.codeSentTo(telephone);
  token = (await call("sign-in.telephone", { body: { telephone, askedAs, code } })).accessToken;
  await call("residents.bind", { body: { name, identityNumber } });
  return call;
}
