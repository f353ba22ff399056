import { Input, Radio } from "antd";
import { type Finding, findingNames, findings, objectionToAnswer } from "../../../../shared/inquiry/inquiry.ts";
import type { Inquiry } from "./words.tsx";

/** 答复草稿 · what the officer has written so far. */
export interface Draft {
  readonly finding: Finding | null;
  readonly answers: readonly string[];
  readonly words: string;
}

export const emptyDraft = ({ questions }: Inquiry): Draft => ({
  finding: null,
  answers: questions.map(() => ""),
  words: "",
});

/** Why a draft cannot be sent yet, by the rule that the API uses, or null. */
export function faultOfDraft({ finding, answers, words }: Draft, inquiry: Inquiry): string | null {
  if (!finding) return "请先选结果。";
  const refused = objectionToAnswer(
    { finding, answers: answers.map((one) => one.trim()) },
    {
      isOutside: inquiry.asked.kind === "outside",
      questions: inquiry.questions.length,
      calls: inquiry.calls.map(({ outcome }) => outcome),
    },
  );
  if (refused) return refused.sentence;
  return words.trim().length >= 4 ? null : "请写一句核查的经过和依据，至少4个字。";
}

/** 写结果 · the finding, an answer to each question, and a sentence; what is missing is said beside it. */
export function AnswerForm({
  inquiry,
  draft,
  change,
}: {
  inquiry: Inquiry;
  draft: Draft;
  change: (draft: Draft) => void;
}) {
  const { finding, answers, words } = draft;
  const fault = faultOfDraft(draft, inquiry);
  return (
    <section className="card panel inquiry-form" aria-label="写结果">
      <h2>写结果</h2>
      <Radio.Group
        aria-label="结果"
        className="inquiry-choices"
        value={finding}
        options={findingNames.map((one) => ({ value: one, label: findings[one].name }))}
        onChange={({ target }) => change({ ...draft, finding: target.value })}
      />
      {inquiry.questions.map((question, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the questions of an inquiry never change.
        <div key={i}>
          <label htmlFor={`answer-${i}`}>
            {i + 1}. {question}
            {finding && !findings[finding].answersAll && <span className="muted">（可以不填）</span>}
          </label>
          <Input
            id={`answer-${i}`}
            maxLength={200}
            value={answers[i] ?? ""}
            onChange={({ target }) =>
              change({ ...draft, answers: answers.map((one, at) => (at === i ? target.value : one)) })
            }
          />
        </div>
      ))}
      <div>
        <label htmlFor="answer-words">怎么查的、看了什么（会留下记录）</label>
        <Input.TextArea
          id="answer-words"
          rows={3}
          maxLength={500}
          value={words}
          placeholder="例如：到医院病案室核对了病历首页和身份证复印件"
          onChange={({ target }) => change({ ...draft, words: target.value })}
        />
      </div>
      {finding && fault && <p className="wrong">{fault}</p>}
    </section>
  );
}
