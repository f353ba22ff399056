import * as z from "zod";
import { CalendarDay } from "../edge.ts";
import { aboutNames } from "../messages.ts";
import { endpoint } from "./endpoint.ts";

const MessageNo = z.string().regex(/^\d{8}[0-9A-F]{24}$/);
const proven = { audience: "resident", trust: "proven" } as const;

/** 通知方式 · messages inside are always shown; WeChat and SMS have a switch each, per account. */
const Switches = z.strictObject({ wechat: z.boolean(), sms: z.boolean() });
const Settings = z.strictObject({
  inApp: z.literal(true),
  ...Switches.shape,
  /** Can WeChat reach this account at all: it signed in there. */
  wechatPossible: z.boolean(),
});

export const endpoints = {
  "messages.inbox": endpoint({
    method: "GET",
    path: "/messages",
    title: "消息",
    caller: proven,
    access: { main: "read" },
    reply: z.strictObject({
      /** The newest first, at most a hundred. */
      messages: z.array(
        z.strictObject({
          messageNo: MessageNo,
          about: z.enum(aboutNames),
          /** About whom; masked. */
          name: z.string(),
          self: z.boolean(),
          title: z.string(),
          text: z.string(),
          on: CalendarDay,
          /** Wall-clock milliseconds. */
          at: z.int(),
          read: z.boolean(),
        }),
      ),
      unread: z.int(),
    }),
  }),
  "messages.read": endpoint({
    method: "POST",
    path: "/messages/{messageNo}/read",
    title: "消息已读",
    caller: proven,
    access: { main: "write" },
    params: z.strictObject({ messageNo: MessageNo }),
    reply: z.strictObject({ read: z.literal(true) }),
  }),
  "messages.settings": endpoint({
    method: "GET",
    path: "/messages/settings",
    title: "通知设置",
    caller: proven,
    access: { main: "read" },
    reply: Settings,
  }),
  "messages.set": endpoint({
    method: "PUT",
    path: "/messages/settings",
    title: "更改通知设置",
    caller: proven,
    access: { main: "write" },
    body: Switches,
    reply: Settings,
  }),
};
