import type { ReactNode, Ref } from "react";
import "./page.css";

/** 一页 · where it belongs, what it is, what one may do at its head, and all the rest below. */
export function Page({
  above,
  crumbs = above && <nav className="crumbs">{above}</nav>,
  title,
  number,
  small = number,
  heading,
  tools,
  onScreenOnly = false,
  children,
}: {
  /** The group of the navigation, or the way back. */
  above?: ReactNode;
  /** The units above, where there are several. */
  crumbs?: ReactNode;
  title: ReactNode;
  /** Whose or what it is: an identity number, a code. */
  number?: string;
  /** What else is to be said beside the title. */
  small?: ReactNode;
  /** The title, where it takes the focus. */
  heading?: Ref<HTMLHeadingElement>;
  tools?: ReactNode;
  /** What is not printed: the head, or all of it, since something else goes on paper. */
  onScreenOnly?: "head" | "page" | false;
  children: ReactNode;
}) {
  return (
    <div className={onScreenOnly === "page" ? "page screen-only" : "page"}>
      <header className={onScreenOnly === "head" ? "page-head screen-only" : "page-head"}>
        <div>
          {crumbs}
          <h1 {...(heading && { ref: heading, tabIndex: -1 })}>
            {title}
            {small && <small {...(number && { className: "number" })}>{small}</small>}
          </h1>
        </div>
        {tools && <div className="page-tools">{tools}</div>}
      </header>
      {children}
    </div>
  );
}

/** 决定栏 · stays at the foot: what will happen, and what may be done. */
export const Bar = ({ will, children }: { will: ReactNode; children: ReactNode }) => (
  <footer className="card panel decision-bar bar">
    <span className="muted">{will}</span>
    {children}
  </footer>
);
