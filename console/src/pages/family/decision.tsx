import { App } from "antd";
import { proofNames } from "../../../../shared/family/family.ts";
import { useAct } from "../../api.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { readings, type Tie, tieText } from "./tie.tsx";

const refusing = ["查无此证", "不在同一户", "证件和申请人不符", "没有带来原件", "不是所填的关系"];

/** 核对关系证明 · agrees to a request or refuses it, with what was seen. */
export function TieReview({ tie, agree, close }: { tie: Tie; agree: boolean; close: () => void }) {
  const { message } = App.useApp();
  const review = useAct("family-agency.review", readings);
  const paper = tie.proof === null ? "证明" : proofNames[tie.proof];
  return (
    <DecisionDialog
      title={agree ? "核对相符，同意？" : "不同意？"}
      will={
        <>
          <p>{tieText(tie)}。</p>
          <p className="muted">
            {agree
              ? `${tie.temporary ? "同意后，孩子进入参保登记；" : "同意后，"}${tie.guardian.name}马上可以替${tie.dependant.name}缴费和办理；成员满16岁那天自动解除。`
              : `不同意，${tie.guardian.name}会在手机上看到您写的理由，可以重新申请。`}
          </p>
        </>
      }
      reasons={agree ? [`已看${paper}原件，关系相符`, `已看${paper}和双方证件`] : refusing}
      least={4}
      verb={agree ? "同意" : "不同意"}
      isRefusal={!agree}
      isPending={review.isPending}
      error={review.error}
      decide={(reason) =>
        review.mutate(
          { params: { tieNo: tie.tieNo }, body: { agree, reason } },
          {
            onSuccess: () => {
              message.success(agree ? `已同意：${tieText(tie)}` : "已记下：不同意，并告诉申请人理由");
              close();
            },
          },
        )
      }
      close={close}
    />
  );
}
