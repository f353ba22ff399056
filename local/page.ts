import { tokens } from "../shared/tokens.ts";

/** HTML that is already safe to place in a page. */
export interface Html {
  readonly html: string;
}

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Builds HTML; every value is escaped unless it is HTML already. */
export function html(strings: TemplateStringsArray, ...values: (string | number | Html | readonly Html[])[]): Html {
  const part = (value: string | number | Html | readonly Html[]): string => {
    if (typeof value === "object" && "html" in value) return value.html;
    if (typeof value === "object") return value.map((one) => one.html).join("");
    return String(value).replace(/[&<>"']/g, (character) => escapes[character]!);
  };
  return {
    html: strings.reduce((text, string, i) => text + (i > 0 ? part(values[i - 1]!) : "") + string, ""),
  };
}

/** A page of the local system: who to sign in as, the cashier, the message inbox, the issuer's sign-in. */
export function page(title: string, body: Html): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${html`${title}`.html}</title><style>
body{margin:0;background:${tokens.page};color:${tokens.ink};font:17px/1.6 ${tokens.font}}
main{max-width:960px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:26px;margin:8px 0 16px}h2{font-size:20px;margin:28px 0 12px}
.card{background:${tokens.card};border-radius:${tokens.radius}px;box-shadow:${tokens.shadow};padding:16px 20px;margin:12px 0}
.note{background:${tokens.attentionSoft};color:${tokens.attention};border-radius:${tokens.radius}px;padding:10px 16px}
.amount{font-size:40px;font-weight:600;font-variant-numeric:tabular-nums}
.muted{color:${tokens.muted}}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:10px 8px;border-bottom:1px solid ${tokens.line};vertical-align:top}
code{font:15px ui-monospace,monospace;background:${tokens.mainSoft};padding:1px 6px;border-radius:6px;white-space:nowrap}
a{color:${tokens.main}}button,.button{display:inline-block;min-height:52px;padding:0 24px;border:0;border-radius:${tokens.radius}px;
background:${tokens.main};color:#fff;font:600 18px/52px ${tokens.font};text-decoration:none;cursor:pointer}
.scroll{overflow-x:auto}
button.plain{background:${tokens.card};color:${tokens.main};border:1px solid ${tokens.line}}
</style></head><body><main>${body.html}</main></body></html>`;
}
