/** Words that the demonstration's catalogue is made of. None of the combinations is meant to be anything that exists. */

/** ICD-10 categories that policies name, with the names that people use. */
export const knownDiseases: Readonly<Record<string, string>> = {
  A15: "呼吸道结核",
  A41: "脓毒症",
  B18: "慢性病毒性肝炎",
  B20: "人类免疫缺陷病毒病",
  C15: "食管恶性肿瘤",
  C16: "胃恶性肿瘤",
  C18: "结肠恶性肿瘤",
  C20: "直肠恶性肿瘤",
  C22: "肝恶性肿瘤",
  C34: "支气管和肺恶性肿瘤",
  C50: "乳腺恶性肿瘤",
  C53: "宫颈恶性肿瘤",
  C61: "前列腺恶性肿瘤",
  C73: "甲状腺恶性肿瘤",
  C91: "淋巴细胞白血病",
  C92: "髓系白血病",
  D50: "缺铁性贫血",
  D61: "再生障碍性贫血",
  D66: "血友病A",
  E03: "甲状腺功能减退症",
  E05: "甲状腺毒症",
  E10: "1型糖尿病",
  E11: "2型糖尿病",
  E70: "苯丙酮尿症",
  F20: "精神分裂症",
  F31: "双相情感障碍",
  F32: "抑郁发作",
  G20: "帕金森病",
  G30: "阿尔茨海默病",
  G40: "癫痫",
  H25: "老年性白内障",
  H40: "青光眼",
  I10: "原发性高血压",
  I20: "心绞痛",
  I21: "急性心肌梗死",
  I25: "慢性缺血性心脏病",
  I48: "心房颤动",
  I50: "心力衰竭",
  I61: "脑出血",
  I63: "脑梗死",
  J06: "急性上呼吸道感染",
  J18: "肺炎",
  J44: "慢性阻塞性肺疾病",
  J45: "支气管哮喘",
  K25: "胃溃疡",
  K29: "胃炎",
  K35: "急性阑尾炎",
  K40: "腹股沟疝",
  K74: "肝硬化",
  K80: "胆石症",
  L40: "银屑病",
  M05: "类风湿关节炎",
  M17: "膝关节病",
  M32: "系统性红斑狼疮",
  M51: "腰椎间盘疾患",
  N04: "肾病综合征",
  N18: "慢性肾衰竭",
  N20: "肾结石",
  N40: "前列腺增生",
  O80: "单胎顺产",
  O82: "经剖宫产术的单胎分娩",
  P07: "早产儿",
  Q21: "心脏间隔先天性畸形",
  S52: "前臂骨折",
  S72: "股骨骨折",
  S82: "小腿骨折",
  Z51: "放疗和化疗疗程",
};

export const places = (
  "头部 颈部 胸部 腹部 盆腔 背部 肩部 上臂 前臂 手部 髋部 大腿 小腿 足部 颅脑 眼部 耳部 鼻部 咽喉 气管 食管 胃部 小肠 结肠 直肠 " +
  "肝脏 胆囊 胰腺 脾脏 肾脏 膀胱 尿道 心脏 主动脉 静脉 淋巴 骨髓 皮肤 关节 脊柱 神经 甲状腺 肾上腺 乳腺 子宫 卵巢 前列腺"
).split(" ");
export const changes = "炎症 溃疡 出血 梗阻 增生 萎缩 畸形 损伤 感染 结节 囊肿 硬化 水肿 粘连 狭窄 功能障碍".split(" ");
export const methods = (
  "检查 测定 造影 超声检查 镜检查 活检术 穿刺术 引流术 切开术 切除术 修补术 成形术 吻合术 置换术 固定术 缝合术 冲洗 换药 注射 " +
  "灌洗 理疗 按摩 针刺 牵引 监测 护理 评估 封闭治疗 电刺激 热疗"
).split(" ");
export const ways = "常规 经皮 内镜下 腔镜下 显微镜下 影像引导下 床旁 复合 分期 急诊".split(" ");

/** Syllables of invented substances. */
export const syllables = "洛 赛 维 康 舒 瑞 诺 达 欣 普 泰 林 安 美 西 贝 立 明 益 利 凯 恩 思 蓝 卓 禾 菲 曲".split(
  " ",
);
export const endings = "宁 平 素 唑 韦 定 汀 丁 通 酸".split(" ");
export const forms = "片 胶囊 颗粒 注射液 口服溶液 缓释片 软膏 滴眼液 贴剂 干混悬剂 栓 气雾剂".split(" ");
export const herbs = "参 芪 归 苓 术 芍 草 地 柏 莲 菊 蓉".split(" ");
export const herbForms = "丸 颗粒 口服液 胶囊 片 合剂 散 膏".split(" ");
export const strengths = "5mg 10mg 20mg 25mg 50mg 0.1g 0.25g 0.5g 1g 2ml 5ml 10ml 100ml".split(" ");
export const packings = "6 7 10 12 14 20 24 28 30 36 48 60".split(" ");
export const materials =
  "注射器 输液器 留置针 导尿管 引流管 敷料 绷带 缝合线 导丝 球囊导管 支架 接骨板 螺钉 人工关节 补片 起搏电极 透析器 采血管 面罩 气管插管".split(
    " ",
  );
