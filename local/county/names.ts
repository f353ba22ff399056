/** Parts of invented names. Whoever is called so in real life is not meant. */
export const surnames = [
  ..."王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
];
export const compoundSurnames = ["欧阳", "司马", "上官", "诸葛", "尉迟"];
export const givenOld = {
  male: [..."德福贵生财有根水富长春景山树林国庆建华玉堂凤岐兆祥守义仁全忠和平安顺利成万金宝柱"],
  female: [..."秀英桂兰玉珍淑芬凤莲翠花素梅香菊月娥彩云巧惠美荣爱琴春玲贞桃杏枝芝"],
};
export const givenMiddle = {
  male: [..."建军伟强勇明志刚海涛波峰磊斌健东亮鹏宏平超辉杰宁"],
  female: [..."丽红霞艳敏静燕娟芳娜玲莉萍梅晓雪琳洁云慧颖英华"],
};
export const givenYoung = {
  male: [..."子轩浩然宇航梓睿博文俊熙一诺辰逸铭泽天佑景行嘉豪"],
  female: [..."梓涵欣怡诗雨若汐语桐可馨雅萱思琪佳慧一诺安然芷晴沐妍"],
};
/** Rare names that real systems stumble over: a middle dot, characters outside the usual sets, four characters. */
export const rareNames = [
  "阿依古丽·买买提",
  "䶮晓东",
  "㛃芸",
  "欧阳震华",
  "买合木提·吐尔逊",
  "𬀩文",
  "尉迟恭和",
  "李㼆",
];

export const townshipNames = [
  "东河镇",
  "西岭镇",
  "南塘镇",
  "北山镇",
  "清泉街道",
  "石桥镇",
  "柳林镇",
  "云台镇",
  "望海街道",
  "松岗镇",
];
export const villageFirst = [..."杏桃梨柳槐松石泉河塘岭坡桥井庙台湾窑"];
export const villageSecond = [
  "林村",
  "家庄",
  "树村",
  "头村",
  "园村",
  "沟村",
  "山村",
  "东村",
  "西村",
  "南庄",
  "北庄",
  "上村",
  "下村",
  "疃村",
];
