import * as z from "zod";
import { refusals } from "../refusal.ts";
import { type Endpoint, prefix, roles, trustSteps } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";

const Refused = z.strictObject({
  code: z.enum(Object.keys(refusals) as [string, ...string[]]),
  message: z.string(),
});
const schema = (of: z.ZodType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(of, { io: "input", unrepresentable: "any" });
  return rest;
};
const content = (of: z.ZodType) => ({ "application/json": { schema: schema(of) } });

const callers = {
  anyone: () => "任何人",
  resident: (step: string) => `居民（${step}，共${trustSteps.length}级）`,
  officer: (names: string) => `经办人员（${names}）`,
  channel: () => "支付渠道",
  provider: () => "定点医药机构（国家接口报文，自己的密钥签名）",
};

function callerText({ caller }: Endpoint): string {
  if (caller.audience === "resident") return callers.resident(caller.trust);
  if (caller.audience === "officer") return callers.officer(caller.roles.map((role) => roles[role]).join("、"));
  return callers[caller.audience]();
}

function operation(name: string, spec: Endpoint) {
  const parameters = [...fields(spec.params, "path"), ...fields(spec.query, "query")];
  return {
    operationId: name,
    summary: spec.title,
    description: callerText(spec),
    tags: [name.split(".")[0]],
    ...(spec.caller.audience === "resident" || spec.caller.audience === "officer"
      ? { security: [{ bearer: [] }] }
      : {}),
    ...(parameters.length ? { parameters } : {}),
    ...(spec.body ? { requestBody: { required: true, content: content(spec.body) } } : {}),
    responses: {
      200: { description: spec.title, content: content(spec.reply) },
      default: { description: "拒绝：代码与一句话", content: content(Refused) },
    },
  };
}

const fields = (of: z.ZodObject | undefined, where: "path" | "query") =>
  Object.entries(of?.shape ?? {}).map(([name, type]) => ({
    name,
    in: where,
    required: true,
    schema: schema(type as z.ZodType),
  }));

/** The OpenAPI 3.1 document of every endpoint. */
function described(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, spec] of Object.entries(endpoints)) {
    const path = `${prefix}${spec.path}`;
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operation(name, spec) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "城乡居民医保",
      version: "0.1.0",
      description: "金额为带两位小数的文本（元），日期为上海时区 YYYY-MM-DD；拒绝为 {code, message}。",
    },
    paths,
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  };
}

/** … made once, by whoever asks first: it is long. */
export const openApi = described();
