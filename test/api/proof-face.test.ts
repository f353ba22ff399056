import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { faceTicket } from "../../local/face.ts";
import { made } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import { bound, byFace, count, isProven, opensCounter } from "./proof-steps.ts";

opensCounter();

describe("a second proof by a face", () => {
  test("the verifier's ticket proves whose face it saw", async () => {
    const one = await bound();
    expect((await one.call("proof.prove", byFace(faceTicket(one.person.identityNumber)))).by).toBe("face");
    expect(await isProven(one.call)).toBe(true);
  });

  test("a ticket of another face, an old one, one that was changed, and none", async () => {
    const [one, two] = [await bound(), await bound()];
    const ticket = faceTicket(one.person.identityNumber);
    for (const bad of [
      faceTicket(two.person.identityNumber),
      faceTicket(one.person.identityNumber, Date.now() - 1),
      ticket.replace(/\.\d+\./, `.${Date.now() + 86_400_000}.`),
      `${ticket}x`,
      "ticket",
    ]) {
      expect(await refusal(one.call("proof.prove", byFace(bad)))).toBe("face-not-matched");
    }
    expect(await isProven(one.call)).toBe(false);
  });

  test("a ticket used twice, also in the same moment, proves one session", async () => {
    const person = await made.enlist();
    const phones = await Promise.all([made.signIn(person), made.signIn(person)]);
    const ticket = faceTicket(person.identityNumber);
    const told = await Promise.all(phones.map(({ call }) => refusal(call("proof.prove", byFace(ticket)))));
    expect(count(told, "")).toBe(1);
    const third = await made.signIn(person);
    expect(await refusal(third.call("proof.prove", byFace(ticket)))).toBe("face-not-matched");
  });

  test("where no verifier is configured the way is not offered, and asking for it is refused", async () => {
    const one = await bound();
    vi.stubEnv("FACE_ENDPOINT", "");
    try {
      expect((await one.call("proof.ways")).ways.face).toBe(false);
      expect(await refusal(one.call("proof.prove", byFace("ticket")))).toBe("way-not-offered");
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("a verifier that is away, says nonsense, or says yes without signing it proves nobody", async () => {
    const one = await bound();
    let answer = "nonsense";
    const impostor = createServer((_, response) => response.end(answer));
    await new Promise<void>((resolve) => impostor.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("FACE_ENDPOINT", `http://127.0.0.1:${(impostor.address() as AddressInfo).port}/`);
    const tried = () => refusal(one.call("proof.prove", byFace(faceTicket(one.person.identityNumber))));
    try {
      expect(await tried()).toBe("face-unreachable");
      for (const letter of ["x", "é"]) {
        answer = JSON.stringify({ matched: true, signature: letter.repeat(43) });
        expect(await tried()).toBe("face-unreachable");
      }
      await new Promise((resolve) => impostor.close(resolve));
      impostor.closeAllConnections();
      expect(await tried()).toBe("face-unreachable");
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await isProven(one.call)).toBe(false);
  });

  test("an eleventh face in an hour", async () => {
    const one = await bound();
    for (let i = 0; i < 10; i++)
      expect(await refusal(one.call("proof.prove", byFace("ticket")))).toBe("face-not-matched");
    expect(await refusal(one.call("proof.prove", byFace(faceTicket(one.person.identityNumber))))).toBe("paused");
  });
});
