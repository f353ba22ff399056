import type { Machine } from "../machine.ts";

/** 附件 · a file that is handed in: a place is offered, what came there is looked at and kept, one case uses it. */
export const attachmentStates: Machine<AttachmentState, AttachmentEvent> = {
  offered: { name: "待上传", on: { receive: "received", refuse: "refused", lapse: "lapsed" } },
  received: { name: "已收到", on: { use: "used", lapse: "lapsed" } },
  used: { name: "已使用", on: {} },
  refused: { name: "没有收", on: {} },
  lapsed: { name: "已清除", on: {} },
};

type AttachmentState = "offered" | "received" | "used" | "refused" | "lapsed";
export type AttachmentEvent = "receive" | "refuse" | "use" | "lapse";
export const attachmentStateNames = Object.keys(attachmentStates) as [AttachmentState, ...AttachmentState[]];

/** 附件用途 · what a file is handed in for, and whether a guardian may hand it in for a dependant. */
export const attachmentPurposes = {
  "filing-consent": { name: "委托书", byFamily: false },
  "filing-paper": { name: "异地就医备案证明材料", byFamily: true },
} as const;
export type AttachmentPurpose = keyof typeof attachmentPurposes;
export const attachmentPurposeNames = Object.keys(attachmentPurposes) as [AttachmentPurpose, ...AttachmentPurpose[]];

/** What a phone may declare a file to be; the bytes decide what it is, and what is kept are pictures that were drawn of it. */
export const declaredTypes = ["image/jpeg", "image/png", "image/webp", "application/pdf"] as const;

/** Bytes of one file at most: a phone's photo has three to eight million, and the local server takes ten MiB a request. */
export const largestFile = 10_000_000;
