import { endpoints, OfflineUses } from "../../shared/api/credentials.ts";
import { decoded, readJson } from "../../shared/edge.ts";
import { offlineUsesPath } from "../../shared/gateway/signing.ts";
import { now } from "../clock.ts";
import { http } from "../http.ts";
import { senderOf } from "../providers/sender.ts";
import { handIn } from "./offline.ts";

/** POST /gateway/offline-uses · 补报离线用码: each use is checked by the keys of then, kept once, and answered for itself. */
export const handler = http(endpoints["credentials.offline-uses"], async ({ message }) => {
  const at = now();
  const { provider, fresh } = await senderOf(message, at, offlineUsesPath);
  const { uses } = decoded(OfflineUses, readJson(new TextDecoder().decode(message.body)));
  await fresh;
  const results = [];
  // One after the other: two of one showing in one message are told apart.
  for (const use of uses) results.push(await handIn(provider, use, at));
  return JSON.stringify({ results });
});
