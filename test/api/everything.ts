import { tell } from "../../functions/messages/store.ts";
import { payingFailed } from "../../functions/refunds/moves.ts";
import type { Resident } from "../../local/county/people.ts";
import type { EndpointName } from "../../shared/api/endpoints.ts";
import { tradeNoOf } from "../../shared/contribution/trade.ts";
import { day } from "../../shared/day.ts";
import { treat } from "../gateway/gateway-steps.ts";
import { cashInSuspense } from "../world/books.ts";
import { agreedBy } from "../world/hands.ts";
import type { World } from "../world/world.ts";
import { attach } from "./attachment-steps.ts";
import { lookAndDispute } from "./claims.ts";
import { showAndRead } from "./credential-steps.ts";
import { askFiled, fileAll } from "./filing-steps.ts";
import { inquire } from "./inquiry-steps.ts";
import { reviewed } from "./newborn-steps.ts";
import { oversee } from "./oversight-steps.ts";
import { applyTo } from "./provider-steps.ts";

const village = "370611001201";

/** Every call of the API at least once, as whoever may make it makes it; `as` is told whose turn it is. */
export async function everything(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const person = await made.enlist({ telephone: "13900002222" });
  const paidFor = await made.enlist();
  const free = await made.enlist({
    identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }],
  });
  const { anyone } = made;
  const telephone = "13900001111";
  const self = { who: "self" as const };
  const named = ({ name, identityNumber }: Resident) => ({ who: "other" as const, name, identityNumber });

  await as("about.today", () => anyone("about.today"));
  await as("about.openapi", () => anyone("about.openapi"));
  await as("sign-in.wechat", () => anyone("sign-in.wechat", { body: { code: "demo-grants" } }));
  const { askedAs } = await as("sign-in.send-code", () => anyone("sign-in.send-code", { body: { telephone } }));
  const code = made.codeSentTo(telephone);
  const tokens = await as("sign-in.telephone", () =>
    anyone("sign-in.telephone", { body: { telephone, askedAs, code } }),
  );
  const { accessToken } = await as("sign-in.refresh", () =>
    anyone("sign-in.refresh", { body: { refreshToken: tokens.refreshToken } }),
  );
  const call = made.as(accessToken);
  const { name, identityNumber } = person;
  await as("residents.bind", () => call("residents.bind", { body: { name, identityNumber } }));
  await as("residents.me", () => call("residents.me"));
  await as("proof.ways", () => call("proof.ways"));
  await as("proof.send-code", () => call("proof.send-code"));
  const lastSix = identityNumber.slice(-6);
  const proof = { way: "telephone" as const, code: made.codeSentTo("13900002222"), lastSix };
  await as("proof.prove", () => call("proof.prove", { body: proof }));
  const changed = "13900003333";
  await as("proof.telephone-code", () => call("proof.telephone-code", { body: { telephone: changed } }));
  await as("proof.telephone", () =>
    call("proof.telephone", { body: { telephone: changed, code: made.codeSentTo(changed) } }),
  );
  const [waits] = (await as("residents.me", () => call("residents.me"))).telephoneChanges;
  await as("proof.stop-telephone", () => call("proof.stop-telephone", { body: { changeNo: waits!.changeNo } }));
  made.turn("2025-11-21");
  await as("proof.contact", () => call("proof.contact"));
  made.turn("2025-11-20");
  const asking = ({ name, identityNumber }: Resident, requestNo: string) => ({
    body: { requestNo, name, identityNumber, relationship: "child" as const },
  });
  const [mother, father] = [await made.enlist({ telephone: "13900005555" }), await made.enlist()];
  const [own, other] = await Promise.all(
    [person, mother].map(({ household }) =>
      made.enlist({ household, bornOn: day("2025-11-02"), sex: "female", coverBefore: [] }),
    ),
  );
  const { tieNo } = await as("family.ask", () => call("family.ask", asking(mother, "grants-mother")));
  const tie = { params: { tieNo } };
  await as("family.code", () => call("family.code", tie));
  const consent = { ...tie, body: { code: made.codeSentTo("13900005555") } };
  await as("family.consent", () => call("family.consent", consent));
  await as("family.members", () => call("family.members"));
  await as("family.end", () => call("family.end", tie));
  const mothers = await made.signIn(mother);
  await made.prove(mothers.call, mother);
  const back = await mothers.call("family.ask", asking(person, "grants-back"));
  const answer = { params: { tieNo: back.tieNo }, body: { agree: true } };
  await as("family.answer", () => call("family.answer", answer));
  const waiting = await call("family.ask", asking(father, "grants-father"));
  const { body: about } = asking(other!, "grants-other");
  const book = { body: { ...about, proof: { kind: "household-book" as const }, commitment: true } };
  const bookAsked = await call("family.ask", book);
  const newborn = (requestNo: string, birthCertificate: string) => ({
    body: {
      requestNo,
      name: "张四",
      sex: "female" as const,
      bornOn: day("2025-11-02"),
      birthCertificate,
      commitment: true,
    },
  });
  const baby = await as("family.newborn", () => call("family.newborn", newborn("grants-newborn", "Y370000001")));
  await reviewed(baby.tieNo);
  const known = { params: { tieNo: baby.tieNo }, body: { name: own!.name, identityNumber: own!.identityNumber } };
  // Enrolled under both numbers: the merge moves the money of one of them.
  for (const [i, whom] of [{ who: "member" as const, tieNo: baby.tieNo }, named(own!)].entries()) {
    const line = { whom, benefitYear: 2026 };
    const { choices } = await as("contributions.owed", () => call("contributions.owed", { body: line }));
    await as("contributions.calendar", () => call("contributions.calendar", { body: line }));
    const expected = choices[0]!.total;
    const wanted = { body: { requestNo: `grants-baby-${i}`, lines: [line], expected } };
    const { orderNo } = await as("contributions.order", () => call("contributions.order", wanted));
    await made.tell(made.notice(orderNo, expected));
  }
  await as("family.identity-number", () => call("family.identity-number", known));
  const second = await call("family.newborn", newborn("grants-second", "Y370000002"));
  await reviewed(second.tieNo);

  const wish = { whom: self, benefitYear: 2026 };
  await as("contributions.owed", () => call("contributions.owed", { body: wish }));
  await as("contributions.owed", () =>
    call("contributions.owed", { body: { whom: named(paidFor), benefitYear: 2026 } }),
  );

  const order = (lines: { whom: ReturnType<typeof named> | typeof self }[], expected: string) =>
    as("contributions.order", () =>
      call("contributions.order", {
        body: {
          requestNo: `grants-000${lines.length}`,
          lines: lines.map((line) => ({ ...line, benefitYear: 2026 })),
          expected,
        },
      }),
    );
  const { orderNo } = await order([{ whom: self }, { whom: named(paidFor) }], "800.00");
  await order([{ whom: named(free) }], "0.00");
  await as("contributions.orders", () => call("contributions.orders"));
  await as("contributions.order-state", () => call("contributions.order-state", { params: { orderNo } }));
  const how = { how: "h5" as const };
  await as("contributions.pay", () => call("contributions.pay", { params: { orderNo }, body: how }));
  const others = await Promise.all(Array.from({ length: 3 }, () => made.enlist()));
  const untold = await order(
    others.map((one) => ({ whom: named(one) })),
    "1200.00",
  );
  const of = { params: { orderNo: untold.orderNo } };
  await call("contributions.pay", { ...of, body: how });
  await made.channel.pay(tradeNoOf(untold.orderNo, "h5"), "pay-untold");
  await as("contributions.confirm", () => call("contributions.confirm", { ...of, body: { paid: true } }));
  await as("contributions.close", () => call("contributions.close", { params: { orderNo } }));
  const notice = made.notice(orderNo, "800.00");
  await as("payments.notified", () => made.tell(notice));
  const undo = { orderNo: untold.orderNo, line: 1, reason: "wrong-payment" as const };
  const { refundNo } = await as("refunds.request", () => call("refunds.request", { body: undo }));
  await as("refunds.mine", () => call("refunds.mine"));
  await as("refunds.withdraw", () => call("refunds.withdraw", { params: { refundNo } }));
  const { receipts } = await as("receipts.mine", () => call("receipts.mine"));
  const { number, checkCode } = receipts[0]!;
  await as("receipts.verify", () => anyone("receipts.verify", { body: { number, checkCode } }));
  const moved = { about: "telephone-changed" as const, telephone: "*********33" };
  await tell(person.personNo, moved, day("2025-11-20"));
  const { messages } = await as("messages.inbox", () => call("messages.inbox"));
  const opened = { params: { messageNo: messages[0]!.messageNo } };
  await as("messages.read", () => call("messages.read", opened));
  await as("messages.settings", () => call("messages.settings"));
  await as("messages.set", () => call("messages.set", { body: { wechat: true, sms: false } }));
  await as("sign-in.sign-out", () => call("sign-in.sign-out"));
  const [one, two] = [await made.signIn(person), await made.signIn(person)];
  await as("sign-in.sign-out-account", () => one.call("sign-in.sign-out-account"));
  await made.prove(two.call, person);
  await as("sign-in.sign-out-person", () => two.call("sign-in.sign-out-person"));

  const officer = await made.officer("grants", "370600", [
    "progress",
    "visits",
    "targets",
    "finance",
    "counter",
    "refunds",
  ]);
  const params = { unit: village };
  const query = { year: "2026" };
  await as("officers.me", () => officer("officers.me"));
  await as("progress.board", () => officer("progress.board", { params, query }));
  await as("progress.names", () => officer("progress.names", { params, query }));
  const visit = { personNo: person.personNo, year: 2026, outcome: "will-pay" as const };
  await as("progress.visit", () => officer("progress.visit", { body: visit }));
  await as("progress.telephone", () =>
    officer("progress.telephone", { body: { personNo: person.personNo, reason: "核对联系方式" } }),
  );
  const { personNo } = person;
  const at = { params: { personNo }, body: { seen: "identity-card" as const } };
  await as("counter.find", () => officer("counter.find", { body: { name, identityNumber } }));
  await as("counter.code", () => officer("counter.code", at));
  await as("counter.telephone", () =>
    officer("counter.telephone", { ...at, body: { ...at.body, telephone: "13900004444" } }),
  );
  await as("counter.recover", () => officer("counter.recover", at));
  await as("family-agency.reviews", () => officer("family-agency.reviews"));
  const seen = "household-book" as const;
  await as("family-agency.consent", () =>
    officer("family-agency.consent", { params: { tieNo: waiting.tieNo }, body: { seen } }),
  );
  await as("family-agency.review", () =>
    officer("family-agency.review", {
      params: { tieNo: bookAsked.tieNo },
      body: { agree: true, reason: "看过户口簿" },
    }),
  );
  await as("family-agency.identity-number", () =>
    officer("family-agency.identity-number", {
      params: { tieNo: second.tieNo },
      body: { name: other!.name, identityNumber: other!.identityNumber, seen },
    }),
  );
  await as("progress.target", () => officer("progress.target", { params, body: { year: 2026, target: "0.95" } }));
  await as("ledger.trial-balance", () =>
    officer("ledger.trial-balance", { query: { from: day("2025-11-20"), until: day("2025-11-20") } }),
  );

  const review = await made.officer("grants-review", "370600", ["refunds"]);
  const wrong = (at: number) => ({ body: { orderNo: untold.orderNo, line: at, reason: "wrong-payment" as const } });
  const proposed = await as("refunds-agency.propose", () => officer("refunds-agency.propose", wrong(0)));
  await as("refunds-agency.worklist", () => officer("refunds-agency.worklist", { query: { unit: "370600" } }));
  const decided = { params: { refundNo: proposed.refundNo }, body: { approve: true, reason: "情况属实" } };
  await as("refunds-agency.decide", () => review("refunds-agency.decide", decided));
  await payingFailed(proposed.refundNo, "closed");
  await as("refunds-agency.again", () => officer("refunds-agency.again", { params: { refundNo: proposed.refundNo } }));

  await made.tell(made.notice("20251120NOSUCHORDER00000", "1.00", "20251120GRANTSSUSPENSE01"));
  await as("payments.differences", () => officer("payments.differences"));
  const cash = await made.enlist();
  const standing = { params: { personNo: cash.personNo } };
  await as("counter.owed", () => officer("counter.owed", { ...standing, body: { benefitYear: 2026 } }));
  await as("counter.ties", () => officer("counter.ties", standing));
  const counted = {
    requestNo: "grants-cash",
    lines: [{ personNo: cash.personNo, benefitYear: 2026 }],
    expected: "400.00",
  };
  const { orderNo: cashNo } = await as("counter.order", () =>
    officer("counter.order", { body: { ...counted, seen: "identity-card" } }),
  );
  await as("counter.orders", () => officer("counter.orders", standing));
  await as("counter.receipt", () => officer("counter.receipt", { params: { orderNo: cashNo } }));
  const paper = { seen: "identity-card" as const };
  const taken = await officer("refunds-agency.propose", {
    body: { orderNo: cashNo, line: 0, reason: "wrong-payment" },
  });
  await review("refunds-agency.decide", { params: { refundNo: taken.refundNo }, body: decided.body });
  await as("counter.pay-out", () => officer("counter.pay-out", { params: { refundNo: taken.refundNo }, body: paper }));
  const late = await cashInSuspense(cashNo, () =>
    officer("counter.order", { body: { ...counted, requestNo: "grants-cash-2", seen: "identity-card" } }),
  );
  await as("counter.give-back", () => officer("counter.give-back", { params: { orderNo: late }, body: paper }));
  const closed = { open: false, sentence: "系统维护，请稍后再来" };
  await as("payments.switch", () => officer("payments.switch", { body: closed }));
  await officer("payments.switch", { body: { ...closed, open: true } });
  await as("payments.switches", () => officer("payments.switches"));
  await as("payments.propose-channel", () => officer("payments.propose-channel", { body: closed }));
  await as("payments.suspense", () => officer("payments.suspense"));
  const treasurer = await made.officer("grants-treasurer", "370600", ["finance"]);
  const returning = { params: { suspenseNo: "20251120GRANTSSUSPENSE01" } };
  const { proposalNo } = await as("payments.return", () => officer("payments.return", returning));
  await as("proposals.answer", () => agreedBy(treasurer)({ proposalNo }));

  const keeper = await made.officer("keeper", "370600", ["catalogue"]);
  const csv = "编码,名称,类别,收费类别,起始日,等级\nXGRANTS,授权片,药品,09,2025-01-01,甲类\n";
  const part = { importNo: "1763600000000-grants", fileName: "授权.csv", firstRow: 2, csv };
  await as("catalogue.import", () => keeper("catalogue.import", { body: part }));
  await as("catalogue.imports", () => keeper("catalogue.imports"));
  await as("catalogue.search", () => keeper("catalogue.search", { query: { q: "授权" } }));
  await as("catalogue.item", () => keeper("catalogue.item", { params: { code: "XGRANTS" } }));

  await applyTo(made, as);
  await treat(made, as, "2025-11-20");
  await showAndRead(made, as);
  await lookAndDispute(made, as);
  await oversee(made, as);
  await inquire(made, as);
  await attach(made, as);
  await fileAll(made, as);
  await askFiled(made, as);
}
