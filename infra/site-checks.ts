import { type Check, type Found, functionsOf, list, part, property, resources, routesOf, spell } from "./template.ts";

/** 站点检查 · what the sites' edge shows, and what pages are sent with, read out of the synthesized templates. */

const proof = "x-site-edge";
/** In what the edge says who called, partition by partition: written here a second time and by hand. */
const saysIn = { aws: "cloudfront-viewer-address", "aws-cn": "x-forwarded-for" };

/** A site shows its API a secret that nobody has seen; every function behind it knows that one, and nobody else knows any. */
export const edgeProvesItself: Check = (system) => {
  const shown = new Map(
    [...resources(system, "AWS::CloudFront::Distribution")].map((site) => [site.stack, shownBy(system, site)]),
  );
  const functions = functionsOf(system);
  const behind = ["resident", "agency", "provider"].flatMap((side) =>
    [...new Set(routesOf(system, side).map(({ handler }) => handler))].map((handler) => ({ side, handler })),
  );
  return [
    ...[...shown].flatMap(([side, secret]) =>
      secret?.startsWith("{{resolve:secretsmanager:") ? [] : [`${side}: the edge shows no secret`],
    ),
    ...behind.flatMap(({ side, handler }) => {
      const found = functions.get(handler)?.found;
      const given = (name: string) => found && property(found, "Environment", "Variables", name);
      const known = given("EDGE_SECRET");
      const same = (known === undefined ? undefined : spell(system, side, known)) === shown.get(side);
      const says = given("EDGE_SAYS") === (shown.has(side) ? saysIn[system.partition] : undefined);
      return same && says ? [] : [`${handler} does not know the edge of ${side}, or one that is not there`];
    }),
  ];
};

function shownBy(system: Parameters<Check>[0], site: Found): string | undefined {
  const [api] = list(property(site, "DistributionConfig", "Origins")).filter((one) => part(one, "CustomOriginConfig"));
  const header = list(part(api, "OriginCustomHeaders")).find((one) => part(one, "HeaderName") === proof);
  return header === undefined ? undefined : spell(system, site.stack, part(header, "HeaderValue"));
}

/** What a page is sent with where an edge can send anything with it. */
const sent = [
  "ContentSecurityPolicy",
  "ContentTypeOptions",
  "FrameOptions",
  "ReferrerPolicy",
  "StrictTransportSecurity",
];

/** Every answer of a site carries what a browser lets it do; CloudFront in China sends nothing of its own, there pages say it themselves. */
export const pagesAreBounded: Check = (system) => {
  const policies = new Map(
    [...resources(system, "AWS::CloudFront::ResponseHeadersPolicy")].map((found) => [
      spell(system, found.stack, { "Fn::GetAtt": [found.id, "Id"] }),
      property(found, "ResponseHeadersPolicyConfig", "SecurityHeadersConfig"),
    ]),
  );
  return [...resources(system, "AWS::CloudFront::Distribution")].flatMap((site) => {
    const behaviors = list(property(site, "DistributionConfig", "CacheBehaviors"));
    const api = behaviors.find((one) => part(one, "TargetOriginId") === "api");
    const names = list(part(api, "ForwardedValues", "Cookies", "WhitelistedNames"));
    if (system.partition === "aws-cn")
      return names.join() === "refresh" ? [] : [`${site.stack}: the API is sent other cookies than its own`];
    return [property(site, "DistributionConfig", "DefaultCacheBehavior"), ...behaviors].flatMap((behavior) => {
      const policy = policies.get(spell(system, site.stack, part(behavior, "ResponseHeadersPolicyId")));
      const csp = JSON.stringify(part(policy, "ContentSecurityPolicy", "ContentSecurityPolicy") ?? "");
      const whole = ["frame-ancestors 'self'", "script-src 'self';", "object-src 'none'"].every((one) =>
        csp.includes(one),
      );
      return [
        ...sent.filter((one) => part(policy, one) === undefined).map((one) => `${site.stack} sends no ${one}`),
        ...(whole ? [] : [`${site.stack} lets pages run or be framed by others`]),
      ];
    });
  });
};
