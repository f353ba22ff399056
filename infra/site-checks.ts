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
