/** 页面安全头 · what a browser lets our pages do; the same words wherever they are served: at the edge, locally, in the page itself. */

/** Other origins that the pages of a site reach: who signs officers in, and where people's files lie. */
interface Others {
  readonly speaksTo: readonly string[];
  readonly objects: readonly string[];
}
const nobodyElse: Others = { speaksTo: [], objects: [] };

/** Nothing from elsewhere, but the officers' sign-in and people's own files; no page of ours inside somebody else's. */
export const contentSecurityPolicy = (others: Others = nobodyElse): string =>
  `${policyInPage(others)}; frame-ancestors 'self'`;

/** … as a page says it of itself, where nobody can send headers with it: who may frame it a page cannot say, its script refuses. */
export const policyInPage = ({ speaksTo, objects }: Others = nobodyElse): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    ["img-src 'self' data: blob:", ...objects].join(" "),
    "font-src 'self' data:",
    ["connect-src 'self'", ...speaksTo, ...objects].join(" "),
    ["frame-src 'self'", ...speaksTo].join(" "),
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join("; ");

/** Where a link leads is told no more than where it came from: WeChat Pay asks for that, and nothing personal is in an address. */
export const referrerPolicy = "strict-origin";

export const pageHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy(),
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": referrerPolicy,
};

/** What a build is told of other origins, as lists with blanks between: `SITE_SPEAKS_TO`, `SITE_OBJECTS`. */
export function policyOfBuild(environment: Readonly<Record<string, string | undefined>>): string {
  const origins = (name: string) => (environment[name] ?? "").split(" ").filter(Boolean);
  return policyInPage({ speaksTo: origins("SITE_SPEAKS_TO"), objects: origins("SITE_OBJECTS") });
}
