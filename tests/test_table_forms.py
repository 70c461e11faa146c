"""Tables in the forms in which statistical offices and budgets print them, each with its rows; all are made up."""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatchcase

import pytest

from pipeline.extract import extract_text

COMMUNIQUE = "青禾县2023年国民经济和社会发展统计公报\n青禾县统计局\n2024年3月20日\n"
BUDGET = (
    "关于青禾县2023年财政预算执行情况和2024年财政预算草案的报"
    "告\n——2024年1月10日在青禾县第十八届人民代表大会第四次会议上\n青禾县财政局局长 某某\n各位代表：\n"
)
MONTHLY = "2024年5月份平川市国民经济运行情况\n平川市统计局 2024年6月20日\n"

# Name, text, and some of its rows: indicator, measure, value, unit, status, period; * stands for anything.
FORMS: dict[str, tuple[str, list[str]]] = {
    "two side by side": (
        BUDGET + "2023年财政收支表\n单位：万元\n"
        "收入项目\t预算数\t决算数\t支出项目\t预算数\t决算数\n"
        "税收收入\t90\t91\t教育支出\t80\t81\n"
        "非税收入\t70\t71\t\t\t\n",
        [
            "税收收入|level|90|万元|target|2023",
            "教育支出|level|80|万元|target|2023",
            "教育支出|level|81|万元|actual|2023",
            "非税收入|level|71|万元|actual|2023",
        ],
    ),
    "cells that single blanks part": (
        COMMUNIQUE
        + "表2:2023年主要农产品产量\n产品名称 产 量(吨) 比上年增长%\n粮 食 9008.5 6.3\n#夏粮 5005.4 0.5\n油 料 480.1 -0.1\n"
        "全年造林6万亩，建成学校 3 所。\n产品名称 产 量 比上年增长%\n肉类产量(吨) 26.3 -2.4\n禽蛋产量(吨) 58.1 5.6\n奶类产量(吨) 4.2 2.4\n",
        [
            "粮食产量|level|9008.5|吨|actual|2023",
            "夏粮产量|level|5005.4|吨|actual|2023",
            "油料产量|growth|-0.1|%|actual|2023",
            "*学校|level|3|所|actual|2023",
            "禽蛋产量|level|58.1|吨|actual|2023",
            "奶类产量|growth|2.4|%|actual|2023",
        ],
    ),
    "one cell in a line, of two tables side by side": (
        BUDGET
        + "一、2023年预算执行情况\n2023年收支平衡表\n单位:万元\n收    入\n\n执行数\n\n支    出\n\n执行数\n\n总   计\n\n900\n\n总   计\n\n900\n\n"
        "一、本级收入\n\n600\n\n一、本级支出\n\n700\n\n上级补助收入\n\n300\n\n上解支出\n\n200\n",
        [
            "本级收入|level|600|万元|actual|2023",
            "上级补助收入|level|300|万元|actual|2023",
            "上解支出|level|200|万元|actual|2023",
        ],
    ),
    "one cell in a line, with the bars of the page": (
        COMMUNIQUE
        + "表1 2023年主要农产品\n指 标 |\n产 量 |\n比上年增长(%) |\n粮食面积 |\n73公顷 |\n2.3 |\n茶叶产量 |\n30吨 |\n"
        "-1.4 |\n油料产量 |\n9吨 |\n— |\n全年造林6万亩。\n",
        [
            "粮食面积|level|73|公顷|actual|2023",
            "茶叶产量|level|30|吨|actual|2023",
            "茶叶产量|growth|-1.4|%|actual|2023",
            "油料产量|level|9|吨|actual|2023",
            "造林|level|6|万亩|actual|2023",
        ],
    ),
    "all cells in one line": (
        COMMUNIQUE
        + "全年收入9亿元。 表1 2023年产品 产品名称 | 产量(吨) | 比上年增长(%) | 粮食 | 124 | 3.2 | 其中:小麦 | 15 | -3.0 | 油料 | 7 | 1 |\n",
        ["粮食产量|level|124|吨|actual|2023", "小麦产量|growth|-3.0|%|actual|2023", "油料产量|level|7|吨|actual|2023"],
    ),
    "read column by column": (
        COMMUNIQUE
        + "表2 2023年农产品产量\n单位:吨\n产品名称\n产量\n比上年增长%\n粮食\n其中:秋粮\n油料\n135\n134\n62.3\n5.2\n4.5\n-16.0\n",
        [
            "粮食产量|level|135|吨|actual|2023",
            "秋粮产量|growth|4.5|%|actual|2023",
            "油料产量|growth|-16.0|%|actual|2023",
        ],
    ),
    "by how much it changed, in its own unit": (
        BUDGET
        + "2023年财政支出决算表\n单位：万元\n科目\t决算数\t比上年增减额\t比上年增减%\n教育支出\t80\t-12\t-13.0\n卫生支出\t30\t2\t7.1\n",
        [
            "教育支出|level|80|万元|actual|2023",
            "教育支出|change|-12|万元|actual|2023",
            "卫生支出|growth|7.1|%|actual|2023",
        ],
    ),
    "parts of a total": (
        COMMUNIQUE + "2023年人口和能源\n"
        "指标\t单位\t数量\n"
        "常住人口\t万人\t52\n"
        "其中：城镇\t万人\t24\n"
        "乡村\t万人\t28\n"
        "发电量\t亿千瓦时\t12\n"
        "其中：火电\t亿千瓦时\t8\n"
        "太阳能发电\t亿千瓦时\t4\n"
        "汽车\t辆\t900\n",
        [
            "城镇常住人口|level|24|万人|actual|2023",
            "乡村常住人口|level|28|万人|actual|2023",
            "火电发电量|level|8|亿千瓦时|actual|2023",
            "太阳能发电量|level|4|亿千瓦时|actual|2023",
            "汽车|level|900|辆|actual|2023",
        ],
    ),
    "classes of age as rows": (
        COMMUNIQUE
        + "2023年人口构成\n指标\t年末数（万人）\t比重（%）\n常住人口\t52\t100\n0-15岁\t9\t17\n60周岁及以上\t13\t25\n",
        ["60周岁及以上|level|13|万人|actual|2023", "60周岁及以上比重|level|25|%|actual|2023"],
    ),
    "this month of several": (
        "2024年1-5月平川市主要经济指标\n平川市统计局 2024年6月20日\n"
        "指标\t单位\t本月\t本月止累计\t同比±%\n"
        "零售额\t亿元\t8\t45\t5.1\n",
        [
            "零售额|level|8|亿元|actual|2024-05",
            "零售额|level|45|亿元|actual|2024-01/2024-05",
            "零售额|growth|5.1|%|actual|2024-01/2024-05",
        ],
    ),
    "per cent of the year before": (
        BUDGET + "2023年财政收支决算表\n单位：万元\n"
        "项目\t决算数\t为上年决算数的%\n一般公共预算收入\t175\t104.8\n税收收入\t115\t102.1\n",
        ["一般公共预算收入|multiple|104.8|%|actual|2023", "税收收入|level|115|万元|actual|2023"],
    ),
    "tab header units in heads": (
        COMMUNIQUE + "附表1 2023年主要农产品产量\n"
        "产品名称\t产量（万吨）\t比上年增长（%）\n"
        "粮食\t45.2\t1.3\n"
        "其中：夏粮\t12.8\t-0.6\n"
        "油料\t3.1\t持平\n"
        "蔬菜\t88.6\t4.2\n",
        [
            "粮食产量|level|45.2|万吨|actual|2023",
            "粮食产量|growth|1.3|%|actual|2023",
            "夏粮产量|level|12.8|万吨|actual|2023",
            "夏粮产量|growth|-0.6|%|actual|2023",
            "油料产量|level|3.1|万吨|actual|2023",
            "蔬菜产量|level|88.6|万吨|actual|2023",
            "蔬菜产量|growth|4.2|%|actual|2023",
        ],
    ),
    "pipe unit column": (
        COMMUNIQUE + "| 指标 | 计量单位 | 2023年 | 比上年增长(%) |\n"
        "|---|---|---|---|\n"
        "| 地区生产总值 | 亿元 | 312.5 | 6.1 |\n"
        "| 第一产业 | 亿元 | 52.3 | 4.0 |\n"
        "| 常住人口 | 万人 | 41.2 | -0.3 |\n"
        "| 城镇化率 | % | 52.1 | — |\n",
        [
            "地区生产总值|level|312.5|亿元|actual|2023",
            "地区生产总值|growth|6.1|%|actual|2023",
            "第一产业|level|52.3|亿元|actual|2023",
            "第一产业|growth|4.0|%|actual|2023",
            "常住人口|level|41.2|万人|actual|2023",
            "常住人口|growth|-0.3|%|actual|2023",
            "城镇化率|level|52.1|%|actual|2023",
        ],
    ),
    "years columns two": (
        COMMUNIQUE + "主要经济指标\n"
        "单位：亿元\n"
        "指标\t2022年\t2023年\t增长（%）\n"
        "地区生产总值\t290.1\t312.5\t6.1\n"
        "固定资产投资\t120.4\t131.0\t8.8\n"
        "社会消费品零售总额\t98.7\t106.2\t7.6\n",
        [
            "地区生产总值|level|290.1|亿元|actual|2022",
            "地区生产总值|level|312.5|亿元|actual|2023",
            "地区生产总值|growth|6.1|%|actual|2023",
            "固定资产投资|level|131.0|亿元|actual|2023",
            "社会消费品零售总额|growth|7.6|%|actual|2023",
        ],
    ),
    "monthly cumulative": (
        MONTHLY + "表1 5月份规模以上工业主要产品产量\n"
        "产品名称\t单位\t5月\t1-5月\t1-5月同比增长（%）\n"
        "水泥\t万吨\t21.5\t98.7\t-3.2\n"
        "发电量\t亿千瓦时\t4.56\t20.1\t5.5\n",
        [
            "水泥|level|21.5|万吨|actual|2024-05",
            "水泥|level|98.7|万吨|actual|2024-01/2024-05",
            "水泥|growth|-3.2|%|actual|2024-01/2024-05",
            "发电量|level|4.56|亿千瓦时|actual|2024-05",
            "发电量|level|20.1|亿千瓦时|actual|2024-01/2024-05",
            "发电量|growth|5.5|%|actual|2024-01/2024-05",
        ],
    ),
    "month columns of growth": (
        MONTHLY + "规模以上工业增加值同比增长速度（%）\n"
        "行业\t1-2月\t3月\t4月\t5月\n"
        "采矿业\t3.1\t2.8\t-1.2\t0.5\n"
        "制造业\t6.5\t7.0\t6.8\t7.2\n",
        [
            "采矿业|growth|3.1|%|actual|2024-01/2024-02",
            "采矿业|growth|2.8|%|actual|2024-03",
            "采矿业|growth|-1.2|%|actual|2024-04",
            "采矿业|growth|0.5|%|actual|2024-05",
            "制造业|growth|7.2|%|actual|2024-05",
        ],
    ),
    "budget revenue table": (
        BUDGET + "一、2023年预算执行情况\n"
        "附表1：2023年一般公共预算收入执行情况表\n"
        "单位：万元\n"
        "项目\t年初预算数\t调整预算数\t执行数\t为调整预算的%\t比上年增长%\n"
        "税收收入\t85000\t82000\t82460\t100.6\t5.1\n"
        "增值税\t30000\t29000\t29120\t100.4\t6.3\n"
        "非税收入\t40000\t41000\t41230\t100.6\t-2.4\n"
        "本年收入合计\t125000\t123000\t123690\t100.6\t2.5\n",
        [
            "税收收入|level|85000|万元|target|2023",
            "税收收入|level|82000|万元|target|2023",
            "税收收入|level|82460|万元|actual|2023",
            "税收收入*|level|100.6|%|actual|2023",
            "税收收入|growth|5.1|%|actual|2023",
            "增值税|level|29120|万元|actual|2023",
            "非税收入|growth|-2.4|%|actual|2023",
        ],
    ),
    "budget draft table": (
        BUDGET + "二、2024年预算草案\n"
        "附表2：2024年一般公共预算支出预算表\n"
        "单位：万元\n"
        "科目\t2023年执行数\t2024年预算数\t增减%\n"
        "一般公共服务支出\t32100\t33000\t2.8\n"
        "教育支出\t88000\t91500\t4.0\n",
        [
            "一般公共服务支出|level|32100|万元|actual|2023",
            "一般公共服务支出|level|33000|万元|target|2024",
            "一般公共服务支出|growth|2.8|%|target|2024",
            "教育支出|level|91500|万元|target|2024",
        ],
    ),
    "blank parted": (
        COMMUNIQUE + "表2  2023年各种运输方式完成货物运输量\n"
        "指标        单位      绝对数    比上年增长（%）\n"
        "货物运输总量    万吨      1823.5      3.2\n"
        "公路            万吨      1502.1      2.9\n"
        "水运            万吨      321.4      -1.8\n",
        [
            "货物运输总量|level|1823.5|万吨|actual|2023",
            "货物运输总量|growth|3.2|%|actual|2023",
            "公路|level|1502.1|万吨|actual|2023",
            "水运|growth|-1.8|%|actual|2023",
        ],
    ),
    "unit in row name": (
        COMMUNIQUE + "指标\t绝对数\t同比增长（%）\n"
        "全体居民人均可支配收入（元）\t28650\t6.5\n"
        "城镇居民人均可支配收入（元）\t36210\t5.4\n"
        "移动电话用户（万户）\t38.6\t-2.1\n",
        [
            "全体居民人均可支配收入|level|28650|元|actual|2023",
            "全体居民人均可支配收入|growth|6.5|%|actual|2023",
            "移动电话用户|level|38.6|万户|actual|2023",
        ],
    ),
    "run together": (
        COMMUNIQUE
        + "附表：2023年主要指标完成情况序号指标单位完成数增长（%）1地区生产总值亿元312.56.12固定资产投资亿元131.08.83进出口总额亿元12.3-2.1\n",
        [
            "地区生产总值|level|312.5|亿元|actual|2023",
            "地区生产总值|growth|6.1|%|actual|2023",
            "进出口总额|growth|-2.1|%|actual|2023",
        ],
    ),
    "rows are places": (
        "平川市2024年一季度各区县主要经济指标\n"
        "地区\t地区生产总值（亿元）\t增长（%）\t规上工业增加值增速（%）\n"
        "东湖区\t120.5\t5.6\t7.1\n"
        "西山区\t98.2\t4.9\t-0.8\n",
        [
            "地区生产总值|level|120.5|亿元|actual|2024-Q1",
            "地区生产总值|growth|5.6|%|actual|2024-Q1",
            "规上工业增加值|growth|7.1|%|actual|2024-Q1",
            "规上工业增加值|growth|-0.8|%|actual|2024-Q1",
        ],
    ),
    "two header rows": (
        MONTHLY + "社会消费品零售总额\n"
        "指标\t5月\t\t1-5月\t\n"
        "\t绝对量（亿元）\t同比增长（%）\t绝对量（亿元）\t同比增长（%）\n"
        "社会消费品零售总额\t36.5\t4.1\t188.2\t3.6\n"
        "其中：限额以上\t12.1\t-0.5\t60.3\t1.2\n"
        "城镇\t28.0\t4.0\t150.0\t3.5\n",
        [
            "社会消费品零售总额|level|36.5|亿元|actual|2024-05",
            "社会消费品零售总额|growth|4.1|%|actual|2024-05",
            "社会消费品零售总额|level|188.2|亿元|actual|2024-01/2024-05",
            "社会消费品零售总额|growth|3.6|%|actual|2024-01/2024-05",
        ],
    ),
    "plan targets with attr": (
        "青禾县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要\n"
        "第一章 主要目标\n"
        "专栏1 “十四五”时期经济社会发展主要指标\n"
        "指标\t2020年\t2025年\t年均增长[累计]\t属性\n"
        "地区生产总值（亿元）\t245\t340\t6.8%\t预期性\n"
        "常住人口城镇化率（%）\t48.5\t55\t[6.5]\t预期性\n"
        "森林覆盖率（%）\t61.2\t62\t—\t约束性\n",
        [
            "地区生产总值|level|245|亿元|actual|2020",
            "地区生产总值|level|340|亿元|target|2025",
            "地区生产总值|growth|6.8|%|target|2021/2025",
            "常住人口城镇化率|level|48.5|%|actual|2020",
            "常住人口城镇化率|level|55|%|target|2025",
            "森林覆盖率|level|62|%|target|2025",
        ],
    ),
    "transposed years": (
        COMMUNIQUE + "2019-2023年地区生产总值及增长速度\n"
        "年份\t地区生产总值（亿元）\t比上年增长（%）\n"
        "2019\t230.1\t7.2\n"
        "2020\t245.0\t3.5\n"
        "2021\t270.3\t8.1\n"
        "2022\t290.1\t5.0\n"
        "2023\t312.5\t6.1\n",
        [
            "地区生产总值|level|230.1|亿元|actual|2019",
            "地区生产总值|growth|7.2|%|actual|2019",
            "地区生产总值|level|312.5|亿元|actual|2023",
            "地区生产总值|growth|6.1|%|actual|2023",
        ],
    ),
    "html": (
        COMMUNIQUE
        + "<table><tr><td>指标</td><td>单位</td><td>绝对数</td><td>比上年增长（%）</td></tr><tr><td>粮食产量</td><td>吨</td><td>45,210</td><td>1.3</td></tr><tr><td>#水稻</td><td>吨</td><td>30 120</td><td>…</td></tr></table>\n",
        [
            "粮食产量|level|45210|吨|actual|2023",
            "粮食产量|growth|1.3|%|actual|2023",
            "水稻产量|level|30120|吨|actual|2023",
        ],
    ),
    "footnotes": (
        COMMUNIQUE + "表3 2023年房地产开发情况\n"
        "指标\t单位\t绝对数\t比上年增长（%）\n"
        "投资额①\t亿元\t35.6\t-8.2\n"
        "施工面积\t万平方米\t210.3\t-5.1\n"
        "商品房销售额②\t亿元\t28.9\t-12.6\n"
        "注：①不含农户投资。②为快报数。\n",
        [
            "投资额|level|35.6|亿元|actual|2023",
            "投资额|growth|-8.2|%|actual|2023",
            "施工面积|level|210.3|万平方米|actual|2023",
            "商品房销售额|growth|-12.6|%|*|2023",
        ],
    ),
    "full width minus": (
        MONTHLY + "指标\t1－5月累计\t同比增长（±%）\n"
        "一般公共预算收入（万元）\t45600\t－3.5\n"
        "税收收入（万元）\t30100\t＋1.2\n",
        [
            "一般公共预算收入|level|45600|万元|actual|2024-01/2024-05",
            "一般公共预算收入|growth|-3.5|%|actual|2024-01/2024-05",
            "税收收入|growth|1.2|%|actual|2024-01/2024-05",
        ],
    ),
    "share column": (
        COMMUNIQUE + "表4 2023年末人口数及其构成\n"
        "指标\t年末数（万人）\t比重（%）\n"
        "常住人口\t41.2\t100.0\n"
        "其中：城镇\t21.5\t52.1\n"
        "乡村\t19.7\t47.9\n"
        "其中：男性\t21.0\t51.0\n"
        "女性\t20.2\t49.0\n",
        [
            "常住人口|level|41.2|万人|actual|2023",
            "*|level|52.1|%|actual|2023",
            "*|level|51.0|%|actual|2023",
        ],
    ),
    "markdown align": (
        COMMUNIQUE + "| 指标 | 单位 | 2023年 | 2022年 | 同比±% |\n"
        "|:--|:-:|--:|--:|--:|\n"
        "| 接待游客 | 万人次 | 560.3 | 410.2 | 36.6 |\n"
        "| 旅游收入 | 亿元 | 42.1 | 30.5 | 38.0 |\n",
        [
            "接待游客|level|560.3|万人次|actual|2023",
            "接待游客|level|410.2|万人次|actual|2022",
            "接待游客|growth|36.6|%|actual|2023",
        ],
    ),
    "plan year targets": (
        "青禾县2023年国民经济和社会发展计划执行情况与2024年计划草案的报告\n"
        "——2024年1月10日在青禾县第十八届人民代表大会第四次会议上\n"
        "青禾县发展和改革局\n"
        "附件：2024年国民经济和社会发展主要指标\n"
        "指标名称\t单位\t2023年计划\t2023年完成\t2024年计划\t增长%\n"
        "地区生产总值\t亿元\t315\t312.5\t332\t6.3\n"
        "城镇新增就业\t人\t3000\t3210\t3000\t\n",
        [
            "地区生产总值|level|315|亿元|target|2023",
            "地区生产总值|level|312.5|亿元|actual|2023",
            "地区生产总值|level|332|亿元|target|2024",
            "地区生产总值|growth|6.3|%|target|2024",
            "城镇新增就业|level|3000|人|target|2023",
            "城镇新增就业|level|3210|人|actual|2023",
        ],
    ),
    "unit beside title line": (
        COMMUNIQUE + "规模以上工业企业主要经济效益指标              单位：万元\n"
        "指标\t本年累计\t去年同期\t增减%\n"
        "营业收入\t865000\t842100\t2.7\n"
        "利润总额\t35600\t38120\t-6.6\n",
        [
            "营业收入|level|865000|万元|actual|2023",
            "营业收入|level|842100|万元|actual|2022",
            "营业收入|growth|2.7|%|actual|2023",
            "利润总额|growth|-6.6|%|actual|2023",
        ],
    ),
    "lines": (
        COMMUNIQUE + "指标\n单位\n绝对数\n比上年增长（%）\n粮食产量\n万吨\n45.2\n1.3\n肉类总产量\n万吨\n6.8\n-2.4\n",
        [
            "粮食产量|level|45.2|万吨|actual|2023",
            "粮食产量|growth|1.3|%|actual|2023",
            "肉类总产量|growth|-2.4|%|actual|2023",
        ],
    ),
    "price index": (
        MONTHLY + "5月居民消费价格指数\n"
        "指标\t环比（%）\t同比（%）\t1-5月同比（%）\n"
        "居民消费价格\t-0.1\t0.3\t0.1\n"
        "食品烟酒\t-0.3\t-1.2\t-1.5\n",
        [
            "居民消费价格|growth|-0.1|%|actual|2024-05",
            "居民消费价格|growth|0.3|%|actual|2024-05",
            "居民消费价格|growth|0.1|%|actual|2024-01/2024-05",
        ],
    ),
    "debt table": (
        BUDGET + "附表3：2023年政府债务限额和余额情况表\n"
        "单位：亿元\n"
        "项目\t限额\t余额\n"
        "一般债务\t18.5\t17.2\n"
        "专项债务\t32.1\t30.8\n"
        "合计\t50.6\t48.0\n",
        [
            "一般债务*|level|18.5|亿元|*|2023",
            "一般债务*|level|17.2|亿元|*|2023",
        ],
    ),
    "mixed units in two columns with text cells": (
        COMMUNIQUE + "项目\t建设内容\t总投资（万元）\t2023年完成投资（万元）\n"
        "县医院迁建\t新建业务用房3万平方米\t25000\t8600\n"
        "城东水厂\t日供水5万吨\t12000\t12000\n",
        [
            "*|level|25000|万元|*|*",
            "*|level|8600|万元|actual|2023",
        ],
    ),
    "quarter columns": (
        "2023年临泉区各季度生产总值\n"
        "单位：亿元\n"
        "指标\t一季度\t上半年\t前三季度\t全年\n"
        "地区生产总值\t70.1\t148.6\t228.0\t312.5\n"
        "第二产业\t28.2\t60.5\t93.4\t128.0\n",
        [
            "地区生产总值|level|70.1|亿元|actual|2023-Q1",
            "地区生产总值|level|148.6|亿元|actual|2023-H1",
            "地区生产总值|level|228.0|亿元|actual|2023-01/2023-09",
            "地区生产总值|level|312.5|亿元|actual|2023",
        ],
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_rows_of_a_table(name: str) -> None:
    text, expected = FORMS[name]
    rows = extract_text(text)
    columns = ("indicator_text", "measure", "value", "unit", "status", "period")
    found = [[row[column] for column in columns] for row in rows["observations"]]
    for line in expected:
        wanted = line.split("|")
        assert any(_is(row, wanted) for row in found), (line, found)
    assert all(row["kind"] != "name" for row in rows["numerals"])


def _is(row: list[object], wanted: list[str]) -> bool:
    cells = (fnmatchcase(str(cell or ""), want) for cell, want in zip(row, wanted, strict=True) if cell != row[2])
    return Decimal(str(row[2])) == Decimal(wanted[2]) and all(cells)


def test_cells_that_cannot_be_interpreted_are_unread() -> None:
    text = "某县统计资料\n\n甲\t乙\t丙\n3.1\t4.2\t5.5\n6.1\t7.2\t8.5\n\n指标\t单位\t绝对数\n肉类\t万吨\t6..8\n粮食\t万吨\t45.2\n"
    rows = extract_text(text)
    assert [row["text"] for row in rows["observations"]] == ["45.2"]
    assert [row["text"] for row in rows["numerals"] if row["kind"] == "unread"] == [
        *("3.1", "4.2", "5.5", "6.1", "7.2", "8.5"),
        *("6", "8"),
    ]
    prose = extract_text("某县情况\n全县有\t3个镇\t5个乡\n新增\t6家企业\t7家商店\n")
    assert not [row for row in prose["numerals"] if row["kind"] == "unread"]


def test_a_figure_alone_in_its_line_is_no_row_and_no_name() -> None:
    tables = extract_text(COMMUNIQUE + "全年收入9亿元。\n甲乙丙\n9.1\n-3.2\n1234\n全年支出8亿元。\n")
    assert [row["text"] for row in tables["observations"]] == ["9", "8"]
    assert [row["text"] for row in tables["numerals"] if row["kind"] == "unread"] == ["9.1", "3.2", "1234"]
