import { DisconnectOutlined, InfoCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { Component, type ReactNode } from "react";
import { Refused } from "../../../shared/api/client.ts";
import { isFault } from "../api.ts";
import "./tell.css";

/** A no of the API, beside what it is a no to. */
export const Wrong = ({ error }: { error: Error | null }) =>
  error && (
    <p className="wrong" role="alert">
      {error.message}
    </p>
  );

/** Something to be told in the middle of the page: an icon, a sentence, and what to do now. */
export const Notice = ({
  icon = <InfoCircleOutlined />,
  sentence,
  children,
}: {
  icon?: ReactNode;
  sentence: string;
  children?: ReactNode;
}) => (
  <section className="notice" role="alert">
    <div className="notice-icon">{icon}</div>
    <h1 className="notice-sentence">{sentence}</h1>
    {children && <div className="notice-actions">{children}</div>}
  </section>
);

/** A no, or a failure. A refusal is told in the API's own words; only a failure is worth another try. */
export function Failure({ error, retry, children }: { error: Error; retry: () => void; children?: ReactNode }) {
  const offline = error instanceof Refused && error.status === 0;
  const fault = isFault(error);
  return (
    <Notice
      icon={offline ? <DisconnectOutlined /> : fault ? <WarningOutlined /> : <InfoCircleOutlined />}
      sentence={error instanceof Refused ? error.message : "页面出了点问题，请重试；如果一直这样，请拨打12393。"}
    >
      {fault ? (
        <>
          <Button type="primary" onClick={retry}>
            再试一次
          </Button>
          {children}
        </>
      ) : (
        children
      )}
    </Notice>
  );
}

/** Catches what broke a page, or a part of it that could not be fetched: told, and opened again at a press. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <Notice icon={<WarningOutlined />} sentence="这一页没有打开，可能是网络断了，也可能是系统刚刚更新过。">
        <Button type="primary" onClick={() => window.location.reload()}>
          重新打开
        </Button>
      </Notice>
    );
  }
}

/** What will be here, and why it is not yet. */
export const Empty = ({ children }: { children: ReactNode }) => <div className="empty">{children}</div>;

export const Waiting = ({ rows = 8 }: { rows?: number }) => (
  <div className="card waiting" aria-busy="true">
    <Skeleton active title={false} paragraph={{ rows }} />
  </div>
);
