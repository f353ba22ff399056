import type { EndpointName } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import { senderOf } from "../world/hospitals.ts";
import type { World } from "../world/world.ts";
import { decode, found, handIn, registering, settling, today } from "./codes.ts";
import { newPhone } from "./phones.ts";

/** Every call about 医保码, each under its own name; providers and their keys are there already. */
export async function showAndRead(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const hospital = senderOf("H37061100001");
  const officer = await made.officer("codes", "370600", ["credentials", "counter"]);
  const [person, parent] = [
    await made.enlist({ telephone: "13600000001" }),
    await made.enlist({ telephone: "13600000002" }),
  ];
  const [{ call }, parents] = [await made.signIn(person), await made.signIn(parent)];
  await made.prove(call, person);
  await made.prove(parents.call, parent);
  const phone = newPhone();
  await phone.open(call);
  const area = { query: { area: "370600" } };
  await as("credentials.bundle", () => made.anyone("credentials.bundle", area));
  const { useNo } = found(await as("credentials.decode", () => decode(hospital, phone.show(), settling)));
  const offline = [{ text: phone.show(), at: Date.now(), businessType: registering } as const];
  await as("credentials.offline-uses", () => handIn(hospital, offline));

  const { name, identityNumber } = parent;
  const asked = { requestNo: "codes-family", name, identityNumber, relationship: "parent" as const };
  const { tieNo } = await call("family.ask", { body: asked });
  await parents.call("family.answer", { params: { tieNo }, body: { agree: true } });
  const query = { tie: tieNo };
  const second = newPhone();
  await as("credentials.open", () => second.open(call, tieNo));
  await as("credentials.renew", () => second.renew(call, tieNo));
  await as("credentials.mine", () => call("credentials.mine", { query }));
  const shown = { tie: tieNo, deviceNo: second.deviceNo, times: [Date.now() - 1] };
  await as("credentials.shown", () => call("credentials.shown", { body: shown }));
  await as("credentials.uses", () => call("credentials.uses", { query }));
  await as("credentials.suspend", () => call("credentials.suspend", { query }));
  await as("credentials.resume", () => call("credentials.resume", { query }));
  const removal = { params: { deviceNo: second.deviceNo }, query };
  await as("credentials.remove-phone", () => call("credentials.remove-phone", removal));
  await as("credentials.reissue", () => call("credentials.reissue", { query, body: { requestNo: "codes-again" } }));
  await as("credentials.close", () => call("credentials.close", { query }));

  const doubt = { params: { useNo: useNo! }, query: {}, body: {} };
  const { case: one } = await as("credentials.not-mine", () => call("credentials.not-mine", doubt));
  const { personNo } = person;
  const about = { params: { personNo }, body: { reason: "本人来电挂失" } };
  const search = { body: { by: "person" as const, personNo, reason: "本人来电查询" } };
  await as("credentials-agency.find", () => officer("credentials-agency.find", search));
  await as("credentials-agency.cases", () => officer("credentials-agency.cases", { query: { unit: "370600" } }));
  const decision = { params: { caseNo: one.caseNo }, body: { uphold: false, reason: "家人代用" } };
  await as("credentials-agency.decide", () => officer("credentials-agency.decide", decision));
  await as("credentials-agency.hold", () => officer("credentials-agency.hold", about));
  await as("credentials-agency.release", () => officer("credentials-agency.release", about));
  const usage = { params: { code: hospital.providerCode }, query: { on: day(today) } };
  await as("credentials-agency.usage", () => officer("credentials-agency.usage", usage));
  const card = { params: { personNo }, body: { number: "A12345678", seen: "social-card" as const } };
  await as("credentials-agency.card", () => officer("credentials-agency.card", card));
  const paper = { params: { personNo }, body: { seen: "identity-card" as const } };
  await as("credentials-agency.paper", () => officer("credentials-agency.paper", paper));
}
