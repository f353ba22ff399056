import * as ask from "../../hospital/asks.ts";
import { send } from "../../hospital/client.ts";
import type { EndpointName } from "../../shared/api/endpoints.ts";
import { openHospitals } from "../world/hospitals.ts";
import type { World } from "../world/world.ts";
import { at, charge, city, county, disease, done, items, next, settleStay, settleVisit, stay, visit } from "./desk.ts";

/** Every kind of message that a provider sends, under the name of the one call that takes them. */
export async function treat(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
  today: string,
): Promise<void> {
  await openHospitals(made);
  const who = await made.enlist();
  await as("gateway.call", async () => {
    const { signIn } = done(await send(county, "9001", ask.signIn()));
    done(await send(county, "1101", ask.identify(who.identityNumber)));
    done(await send(county, "2001", ask.check(who.personNo, county.providerCode, "11", at(today))));
    const seen = await visit(county, who, today, [charge(items.amoxicillin, 8, 10, today)]);
    done(await send(county, "2206", ask.previewOutpatient(who, seen.encounterNo, "B1", "11", seen.sums.total)));
    const settled = await settleVisit(county, who, seen);
    const { claimNo } = done(settled).settlement;
    done(await send(county, "5203", { request: { personNo: who.personNo, claimNo } }));
    done(await send(county, "2208", ask.reverse(who.personNo, seen.encounterNo, claimNo)));
    done(await send(county, "2205", ask.withdrawBatch(who.personNo, seen.encounterNo, "B1")));
    const to = { code: city.providerCode, name: city.providerName, area: "370611" };
    done(await send(county, "2501", ask.refer(who.personNo, to, today, disease)));
    const line = charge(items.amoxicillin, 8, 100, today);
    const one = await stay(city, who, { from: today }, [line]);
    const back = charge(items.amoxicillin, 8, -50, today, { original: line.serial });
    done(await send(city, "2301", ask.chargeStay(who.personNo, one.encounterNo, "21", [back])));
    const sums = { ...ask.nothing, total: (one.sums.total / 2) as ask.Sums["total"] };
    done(await send(city, "2303", ask.settleStay(who, one.encounterNo, sums)));
    done(await send(city, "2402", ask.discharge(who.personNo, one.encounterNo, at(today))));
    const whole = await settleStay(city, who, { ...one, sums });
    done(await send(city, "2601", ask.undo(who.personNo, whole.messageNo, "2304")));
    done(await send(city, "2405", ask.named(who.personNo, one.encounterNo)));
    done(await send(city, "2302", ask.withdrawLine(who.personNo, one.encounterNo, "0000")));
    done(await send(city, "2404", ask.named(who.personNo, one.encounterNo)));
    for (const transaction of ["5201", "5206", "5304"] as const) {
      done(await send(city, transaction, { request: { personNo: who.personNo } }));
    }
    done(await send(county, "2201", ask.register(who, at(today), next("OP"))));
    done(await send(county, "9002", { signOut: { signInNo: signIn.signInNo } }));
  });
}
