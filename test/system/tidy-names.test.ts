import { expect, test } from "vitest";
import { codeFiles, exportsOf, unimportedOf } from "./imports.ts";

/** Exported names that two files of the system give to two things. May only shrink: a new thing gets a name of its own. */
const twofold = `
  Access Account Acting Algorithm Answered Asked Bill Call Case Channel Claim Credential Destination
  Entry Facts Filing Happening Heading Input Item Kept Kind Levels Line Named Order Outcome Part Place Provider
  Read Receipt Refund Refused Remedy Report Resident Row Scheme Seen Shown Standing Step Use admit agreed
  algorithms amountOf answer ask caseOf chargeOutpatient chargeStay countsOf day decide discharge
  disputeReply dueOn endedAt factsOf finish functionsOf handBack handIn identify isLive isOpen
  isSigned issuerOf linesOf moment moved mustHold nothing officersReply opened part personOf
  placeOf places previewOutpatient price read readCode receiptReply refer refundOf reject remedies
  reversed rowReply ruleOf schemes seal sendAgentCode settleOutpatient settleStay settled shareOf sideNames
  signIn signOut signed standingOf stateOn sumsOf take text tiersOf unseal verify withdraw withdrawBatch within
  write written yuan
`;

/** What no file imports, and a tool or a made text does. May only shrink. */
const asked = [
  // The entry of each bundle is made as text.
  "infra/dispatch.ts: dispatch",
  // The build puts it in the place of a module of Taro's.
  "miniapp/config/no-tabbar.ts: initTabbar",
];

test("what is exported is imported by somebody", () => {
  const alone = codeFiles
    .flatMap((file) => unimportedOf(file).map((name) => `${file}: ${name}`))
    // Lambda calls these by their name.
    .filter((one) => !/^functions\/.*: handler$/.test(one));
  expect(alone).toEqual(asked);
});

test("an exported name means one thing; those that mean two are listed", () => {
  const files = codeFiles.filter((file) => /^(shared|functions|hospital|local|infra|commands|tools)\//.test(file));
  const names = files.flatMap(exportsOf).filter((name) => name !== "handler" && name !== "endpoints");
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].sort();
  expect(names.length).toBeGreaterThan(1500);
  expect(twice).toEqual(twofold.trim().split(/\s+/));
});
