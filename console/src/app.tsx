import {
  AccountBookOutlined,
  AlertOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  EnvironmentOutlined,
  ExceptionOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  FormOutlined,
  FundViewOutlined,
  HomeOutlined,
  IdcardOutlined,
  LogoutOutlined,
  MedicineBoxOutlined,
  PoweroffOutlined,
  QrcodeOutlined,
  ReconciliationOutlined,
  RollbackOutlined,
  SolutionOutlined,
  TeamOutlined,
  UserSwitchOutlined,
  WalletOutlined,
} from "@ant-design/icons";
import { QueryClientProvider, useMutation, useQueryClient } from "@tanstack/react-query";
import { App as AntApp, Button, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, StrictMode, Suspense, useState } from "react";
import { AuthProvider, useAuth } from "react-oidc-context";
import { HashRouter, Link, Navigate, NavLink, Route, Routes, useLocation } from "react-router";
import { Refused } from "../../shared/api/client.ts";
import { roles } from "../../shared/api/endpoint.ts";
import type { Day } from "../../shared/day.ts";
import { addDays, dayShown } from "../../shared/day.ts";
import { type Capability, capabilities, mayOpen, pagesOf } from "./access.ts";
import { once, queries, request, useRead } from "./api.ts";
import { DeskProvider, useDesk, useMe, usePayments, useToday } from "./desk.tsx";
import { DayPicker, picked } from "./parts/calendar.ts";
import { Boundary, Failure, Notice, Waiting } from "./parts/tell.tsx";
import { pages } from "./routes.tsx";
import { returnToPage, session, signIn, signOut, whyEnded } from "./session.ts";
import { applyTokens, theme } from "./theme.ts";
import "./frame.css";

applyTokens();

/** 经办端 · the officers' console. */
export function App() {
  return (
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
        <AntApp component={false}>
          <QueryClientProvider client={queries}>
            <AuthProvider userManager={session} onSigninCallback={returnToPage}>
              <Gate />
            </AuthProvider>
          </QueryClientProvider>
        </AntApp>
      </ConfigProvider>
    </StrictMode>
  );
}

function Gate() {
  const { isLoading, isAuthenticated, error } = useAuth();
  const [isUnreachable, setUnreachable] = useState(false);
  if (isLoading) return <Door>正在登录……</Door>;
  if (!isAuthenticated) {
    const why = isUnreachable
      ? "暂时连不上统一登录，请稍后再试。"
      : error
        ? "统一登录没有成功，请再试一次。"
        : whyEnded();
    return (
      <Door>
        {why && (
          <p className="door-why" role="alert">
            {why}
          </p>
        )}
        <Button type="primary" size="large" block onClick={() => signIn().catch(() => setUnreachable(true))}>
          登录
        </Button>
        <p className="muted">用本单位的统一账号登录，登录后回到刚才的页面。</p>
      </Door>
    );
  }
  return (
    <HashRouter>
      <Entrance />
    </HashRouter>
  );
}

/** Outside: signing in, or not let in. */
const Door = ({ children }: { children: ReactNode }) => (
  <main className="door">
    <h1>居民医保经办</h1>
    {children}
  </main>
);

function Entrance() {
  const officer = useRead("officers.me", {}, once);
  const about = useToday();
  const failed = [officer, about].find((one) => one.error && !one.data);
  if (failed?.error) {
    return (
      <Door>
        {failed.error instanceof Refused && failed.error.code === "role-missing" ? (
          <Notice sentence="您的账号还没有任何岗位，不能使用经办端。请向本单位管理员申请岗位。">
            <SignOut />
          </Notice>
        ) : (
          <Failure error={failed.error} retry={() => void failed.refetch()}>
            <SignOut />
          </Failure>
        )}
      </Door>
    );
  }
  if (!officer.data || !about.data) return <Door>正在读取岗位和辖区……</Door>;
  return (
    <DeskProvider value={{ officer: officer.data, ...about.data }}>
      <Frame />
    </DeskProvider>
  );
}

function Frame() {
  const me = useMe();
  const own = pagesOf(me);
  const { pathname } = useLocation();
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <DemonstrationBanner />
      <PausedBanner />
      <TopBar />
      <div className="frame">
        <Navigation own={own} />
        <main id="main" tabIndex={-1}>
          <Boundary key={pathname}>
            <Suspense fallback={<Waiting />}>
              <Routes>
                {own[0] && <Route path="/" element={<Navigate replace to={`/${own[0]}`} />} />}
                {(Object.keys(pages) as Capability[]).map((page) => (
                  <Route key={page} path={pages[page].path} element={<Guarded page={page} />} />
                ))}
                <Route path="*" element={<NoSuchPage />} />
              </Routes>
            </Suspense>
          </Boundary>
        </main>
      </div>
    </>
  );
}

/** A page, or why not: the post lacks the role. */
function Guarded({ page }: { page: Capability }) {
  const me = useMe();
  const { Page } = pages[page];
  if (mayOpen(me, page)) return <Page />;
  const { title, role } = capabilities[page];
  return (
    <Notice sentence={`您的岗位不能打开“${title}”，需要“${roles[role]}”岗位。请向本单位管理员申请。`}>
      <HomeLink />
    </Notice>
  );
}

const NoSuchPage = () => (
  <Notice sentence="没有这一页。">
    <HomeLink />
  </Notice>
);

const HomeLink = () => (
  <Link className="button" to="/">
    <HomeOutlined /> 回到首页
  </Link>
);

const icons: Record<Capability, ReactNode> = {
  progress: <BarChartOutlined />,
  names: <TeamOutlined />,
  refunds: <RollbackOutlined />,
  counter: <IdcardOutlined />,
  "family-reviews": <FileSearchOutlined />,
  claims: <AccountBookOutlined />,
  disputes: <ExceptionOutlined />,
  credentials: <QrcodeOutlined />,
  "credential-cases": <AlertOutlined />,
  "code-uses": <FundViewOutlined />,
  filings: <EnvironmentOutlined />,
  "filing-find": <FileSearchOutlined />,
  "filing-agent": <FormOutlined />,
  inquiries: <SolutionOutlined />,
  catalogue: <MedicineBoxOutlined />,
  providers: <BankOutlined />,
  "provider-desk": <ExperimentOutlined />,
  ledger: <ReconciliationOutlined />,
  differences: <WalletOutlined />,
  "payment-switch": <PoweroffOutlined />,
  proposals: <UserSwitchOutlined />,
  access: <AuditOutlined />,
};

function Navigation({ own }: { own: readonly Capability[] }) {
  const groups = [...new Set(own.map((page) => capabilities[page].group))];
  return (
    <nav className="navigation" aria-label="功能">
      <div>
        {groups.map((group) => (
          <section key={group}>
            <h2>{group}</h2>
            {own
              .filter((page) => capabilities[page].group === group)
              .map((page) => (
                <NavLink key={page} to={`/${page}`}>
                  {icons[page]} {capabilities[page].title}
                </NavLink>
              ))}
          </section>
        ))}
      </div>
    </nav>
  );
}

function TopBar() {
  const { officer: me, today } = useDesk();
  return (
    <header className="top-bar">
      <Link to="/" className="product">
        居民医保经办
      </Link>
      <span className="area" title="您的辖区">
        {me.path.map((unit) => unit.name).join(" › ")}
      </span>
      <span className="top-bar-right">
        <span className="muted">
          业务日期 <time dateTime={today}>{dayShown(today)}</time>
        </span>
        <span className="officer">
          <b>{me.name}</b>
          <span className="muted">{me.roles.map((role) => roles[role]).join(" · ")}</span>
        </span>
        <SignOut />
      </span>
    </header>
  );
}

const SignOut = () => (
  <Button icon={<LogoutOutlined />} onClick={() => void signOut()}>
    退出
  </Button>
);

/** While contributions are not taken every page says so. */
function PausedBanner() {
  const payments = usePayments();
  if (!payments || payments.open) return null;
  return (
    <p className="paused" role="status">
      <b>现在暂停缴费。</b>居民看到的是：“{payments.sentence}”
    </p>
  );
}

/** Turns the business day of a demonstration; everything on the screen is read again. */
function useBusinessDay() {
  const kept = useQueryClient();
  return useMutation({
    mutationFn: async (day: Day) => {
      const response = await request("POST", "/demonstration/business-day", JSON.stringify({ day }));
      if (!response.ok) throw new Refused("malformed", "业务日期没有改成，请再试一次。", response.status);
    },
    onSuccess: () => kept.invalidateQueries(),
  });
}

/** Where the clock is turned by hand everything is invented, and the day may be chosen. */
function DemonstrationBanner() {
  const { today, demonstration } = useDesk();
  const turn = useBusinessDay();
  if (!demonstration) return null;
  return (
    <section className="demonstration" aria-label="演示">
      <b>演示数据，都是编造的。</b>
      <label htmlFor="business-day">业务日期</label>
      <DayPicker
        id="business-day"
        size="small"
        allowClear={false}
        showNow={false}
        value={picked(today)}
        disabled={turn.isPending}
        onChange={(day) => day && turn.mutate(day.on)}
      />
      <Button size="small" disabled={turn.isPending} onClick={() => turn.mutate(addDays(today, 1))}>
        过一天
      </Button>
      {turn.error && <span role="alert">{turn.error.message}</span>}
    </section>
  );
}
