import { randomBytes } from "node:crypto";
import type { WayChange } from "../../shared/messages.ts";
import { today } from "../clock.ts";
import { toOutbox } from "../outbox.ts";
import type { Step } from "../write.ts";
import type { Profile } from "./profile.ts";

/** 告知原来的联系方式 · the write that has the person of record told, on the way that stands now, of what changes who can be them. */
export const toldOnOldWay = ({ personNo, telephoneSealed: oldWay }: Profile, way: WayChange): Step =>
  toOutbox([
    {
      kind: "told",
      personNo,
      on: today(),
      fact: { about: "ways-changed", way, no: randomBytes(6).toString("hex") },
      oldWay,
    },
  ]);
