"""What an indicator is made of, its identifier, and the rows of the dictionary."""

import re
from collections import Counter

import pytest

from pipeline import schema
from pipeline.knowledge import catalogue, catalogue_rows
from pipeline.meaning.indicators import indicator_of, resolve_indicator
from pipeline.meaning.naming.compose import compose
from pipeline.meaning.naming.definitions import Use, describe, indicator_tables, redirect_rows
from pipeline.meaning.naming.facets import Facets, events, facets, properties, things
from pipeline.meaning.naming.issued import core_facets, identify, issued, redirects


@pytest.mark.parametrize(
    ("phrase", "measure", "unit", "expected"),
    [
        ("新增公办学前教育学位", "level", "个", ("preschool_places", "count", "new", "公办")),
        ("新增养老床位数", "level", "张", ("elderly_care_beds", "count", "new", "")),
        ("诊所万人拥有量", "level", "家", facets("每万人口诊所拥有量", "level", "家")),  # how often, the column says
        ("每年举办灯会", "level", "场", facets("举办灯会", "level", "场")),
        # What is there was not set up in the period; a sign that stands in another word is no level.
        ("博物馆在苏布局", "level", "座", ("museums", "count", "", "")),
        ("布局博物馆", "level", "座", ("museums", "count", "established", "")),
        ("博物馆落户", "level", "座", ("museums", "count", "landed", "")),
        ("全国重点实验室落户", "level", "家", facets("全国重点实验室获批建设", "level", "家")),
        ("举办灯会、庙会等民俗活动", "level", "场", facets("举办民俗活动", "level", "场")),
        ("举办灯会、庙会等活动", "level", "场", ("events", "count", "held", "灯会、庙会等")),
        ("水利投资占固定资产投资比重", "level", "%", facets("水利投资占比", "level", "%")),
        ("水利投资占政府投资比重", "level", "%", ("water_conservancy_investment", "share", "", "占政府投资")),
        ("为农民工追讨欠薪", "level", "万元", facets("追回工资", "level", "万元")),
        ("水库淹没区群众", "level", "万立方米", ("reservoirs", "capacity", "", "～淹没区群众")),
        ("水库淹没区群众", "level", "万人", ("people", "persons", "", "水库淹没区")),
        ("时隔8年再次获批博物馆", "level", "座", facets("获批博物馆", "level", "座")),
        ("市(州)博物馆", "level", "座", ("museums", "count", "", "市(州)")),
        ("市博物馆", "level", "座", ("museums", "count", "", "市级")),
        ("舞蹈训练和研究项目", "level", "个", ("projects", "count", "", "舞蹈训练和研究")),
        ("面向农民推介图书馆", "level", "座", ("libraries", "count", "", "向农民推介")),
        ("当选科学院院士", "level", "人", ("academicians_of_sciences", "persons", "new", "")),
        ("养老床位", "level", "张", ("elderly_care_beds", "count", "", "")),
        ("改造农村危房", "level", "万户", ("dilapidated_rural_houses", "households", "renovated", "")),
        ("农村危房改造", "level", "万户", ("dilapidated_rural_houses", "households", "renovated", "")),
        ("新能源汽车产量", "growth", "%", ("new_energy_vehicles", "output", "", "")),
        ("装备制造业增加值占规上工业增加值比重", "level", "%", ("equipment_manufacturing", "share", "", "占规模以上工业增加值")),
        ("引进投资超10亿元项目", "level", "个", ("projects", "count", "attracted", "投资超10亿元")),
        ("完善生态景观林带", "level", "亩", ("ecological_landscape_forest_belts", "area", "renovated", "")),
        ("完善生态景观林带", "level", "公里", ("ecological_landscape_forest_belts", "length", "renovated", "")),
        # What a list of kinds has in common is the thing, and a list of things has none; both marks are one.
        ("专精特新和科技型中小企业", "level", "家", ("small_and_medium_sized_enterprises", "count", "", "专精特新、科技型")),
        ("水库和污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "", "水库、")),
        # Trial operation is no operation; places are open as such, and what is theirs is opened.
        ("水库建成试运行", "level", "座", ("reservoirs", "count", "in_trial_operation", "")),
        ("开放县(市、区)", "level", "个", ("counties_cities_and_districts", "count", "", "开放")),
        ("开放公园", "level", "个", ("public_parks", "count", "opened", "")),
        ("新建优化污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "built_or_renovated", "")),
        # Whoever is covered by an insurance or takes part in it is insured; other things cover without it.
        ("护理保险参保人员", "level", "万人", facets("护理保险参保人数", "level", "万人")),
        ("护理保险覆盖", "level", "万人", facets("护理保险参保人数", "level", "万人")),
        ("外籍人员参加医保", "level", "万人", ("medical_insurance", "persons", "insured", "外籍人员")),
        ("供水工程覆盖", "level", "万人", ("water_supply_works", "persons", "", "～覆盖")),
        # What somebody builds is no building of who does it; remedial projects are no remedy; weak villages are improved.
        ("学校建设供氧设施", "level", "所", ("schools", "count", "", "～建设供氧设施")),
        ("河道整治项目", "level", "个", ("projects", "count", "", "河道整治")),
        ("整治河道", "level", "条", ("river_channels", "count", "treated", "")),
        ("薄弱村建设", "level", "个", ("weaker_villages", "count", "renovated", "")),
        ("示范村建设", "level", "个", ("model_villages", "count", "built", "")),
        # Whom something brought about reaches benefits; museums that rise in rank are recognised.
        ("带动消费惠及居民", "level", "万人次", ("residents", "person_times", "benefited", "带动消费惠及")),
        ("带动居民消费", "level", "亿元", facets("拉动居民消费", "level", "亿元")),
        ("图书馆晋级", "level", "家", ("libraries", "count", "certified", "")),
        # What was put back to use, found, connected or added is no stock; who was sent and what was supplied neither.
        ("盘活闲置粮库", "level", "万平方米", ("granaries", "area", "put_back_to_use", "闲置")),
        ("校舍盘活利用试点", "level", "个", ("pilots", "count", "", "校舍盘活利用")),
        ("识别监测户", "level", "万户", ("households", "households", "found", "监测")),
        ("打通断头路", "level", "条", ("dead_end_roads", "count", "connected", "")),
        ("扩充初中学位", "level", "万个", facets("新增初中学位", "level", "万个")),
        ("选派驻村医生", "level", "名", ("doctors", "persons", "assigned", "驻村")),
        ("新造和修复红树林", "level", "亩", facets("营造修复红树林", "level", "亩")),
        # Jobs are supplied, and an area developed is none; bridges are built, and a firm's building of one is no beginning.
        ("开发见习岗位", "level", "个", facets("提供见习岗位", "level", "个")),
        ("开发区见习岗位", "level", "个", ("traineeships", "count", "", "开发区")),
        ("建便民桥", "level", "座", ("bridges", "count", "built", "便民")),
        ("企业建便民桥", "level", "座", ("bridges", "count", "", "企业建便民")),
        # Firms are fostered, projects are what is carried out, works are begun; firms that carry out something stay.
        ("打造链主企业", "level", "家", facets("培育链主企业", "level", "家")),
        ("实施民生工程", "level", "项", facets("民生工程", "level", "项")),
        ("累计实施省级民生项目", "level", "个", facets("省级民生项目", "level", "个")),
        ("实施项目", "level", "个", ("projects", "count", "carried_out", "")),
        ("堆芯温度", "level", "亿度", ("", "temperature", "", "堆芯")),
        ("启动河道治理", "level", "条", facets("开工河道治理", "level", "条")),
        ("布局急救设备", "level", "台", ("equipment", "count", "installed", "急救")),
        # Medals are won, unless another word says who won them.
        ("省运会金牌", "level", "枚", facets("获省运会金牌", "level", "枚")),
        ("运动员获金牌", "level", "枚", ("gold_medals", "count", "", "运动员获")),
        # So many 套 are homes in a shanty town, and homes themselves; who is examined benefits.
        ("改造棚户区", "level", "万套", ("shanty_towns", "dwellings", "renovated", "")),
        ("改造危房", "level", "万套", ("dilapidated_houses", "count", "renovated", "")),
        ("启动城中村改造", "level", "万户", facets("开工改造城中村", "level", "万户")),
        ("免费体检老年人", "level", "万名", ("elderly_people", "persons", "benefited", "免费体检")),
        ("体检中心老年人", "level", "万名", ("elderly_people", "persons", "", "体检中心")),
        ("短视频播放量", "level", "亿次", ("video", "views", "", "短")),
        ("PM2.5改善幅度", "rank", "位", ("pm2_5", "improvement", "", "")),
        # Whoever gets what is organised benefits; an action is launched, and its money is not.
        ("免费开展视力筛查儿童", "level", "万名", ("children", "persons", "benefited", "免费视力筛查")),
        ("薅黼行动启动实施", "level", "亿元", ("actions", "amount", "", "薅黼")),
        ("薅黼行动启动实施", "level", "个", ("actions", "count", "launched", "薅黼")),
        # So many clusters for an industry are clusters; what is exported to it is measured by it.
        ("物流企业对农业", "level", "", ("logistics_enterprises", "count", "", "")),
        ("物流企业对农业投资", "level", "亿元", ("agriculture", "investment", "", "物流企业对")),
        # What is told in so many times is how often it was done.
        ("服务居民", "level", "万次", ("residents", "person_times", "benefited", "")),
        ("调高低保标准", "level", "次", ("minimum_living_allowance", "count", "", "调高～标准次数")),
        ("调高低保标准", "level", "元", ("minimum_living_allowance", "standard", "", "调高")),
        # Words that nobody knows narrow the thing and do not hide it.
        ("新建薅黼黻污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "built", "薅黼黻")),
        ("新增薅黼黻", "level", "个", ("", "count", "new", "薅黼黻")),
        # One level of government by several names; what goes without saying.
        ("自治区级绿色工厂", "level", "家", ("green_factories", "count", "", "省级")),
        ("规上装备制造业增加值", "growth", "%", ("equipment_manufacturing", "value_added", "", "")),
        ("国家级国家重点实验室", "level", "家", ("national_key_laboratories", "count", "", "")),
        # What is new, the net of it, what was extended, and what was built to date are not what was built.
        ("新认定绿色工厂", "level", "家", ("green_factories", "count", "new", "")),
        ("净增绿色工厂", "level", "家", ("green_factories", "count", "net_new", "")),
        ("改扩建污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "extended", "")),
        ("新建和改造污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "built_or_renovated", "")),
        ("累计建成污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "built", "累计")),
        ("累计支持污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "supported", "")),
        # What stands behind the thing; words that tie, which the first character of a name is none of.
        ("普通高中毕业班占比", "level", "%", ("senior_secondary_schools", "share", "", "～毕业班")),
        ("中黼物流企业", "level", "家", ("logistics_enterprises", "count", "", "中黼")),
        ("对物流企业", "level", "家", ("logistics_enterprises", "count", "", "")),
        ("装备制造业占发电装机比重", "level", "%", ("equipment_manufacturing", "share", "", "～装机容量")),
        # What tells the kind of a thing is no event; at the beginning of the phrase it is one.
        ("黼黻修复工程", "level", "个", ("works", "count", "", "黼黻修复")),
        ("修复黼黻工程", "level", "个", ("works", "count", "treated", "黼黻")),
        ("民生实事兑现", "level", "件", ("livelihood_undertakings", "count", "carried_out", "")),
        ("兑现以旧换新补贴", "level", "亿元", ("trade_in", "subsidy", "issued", "")),
        ("信访事项按时办结率", "level", "%", ("petition_matters", "rate", "resolved", "～按时")),
        ("按时办结信访事项", "level", "件", ("petition_matters", "count", "resolved", "")),
        ("建安产值", "growth", "%", ("construction_and_installation_output", "amount", "", "")),
        ("黼黻稳定就业", "level", "万", ("employment", "persons", "", "黼黻")),
        # A last character is part of its word; a committee is no level; what is nothing but a measure is a thing.
        ("黼黻质量基础设施", "level", "个", ("quality_infrastructure", "count", "", "黼黻")),
        ("黼质量污水处理厂", "level", "座", ("sewage_treatment_plants", "count", "", "黼质量")),
        ("省委确定改革任务", "level", "项", ("reform_tasks", "count", "", "省委确定")),
        ("省改革任务", "level", "项", ("reform_tasks", "count", "", "省级")),
        ("营业收入", "growth", "%", ("operating_revenue", "amount", "", "")),
        ("物流企业营业收入", "growth", "%", ("logistics_enterprises", "revenue", "", "")),
        ("转化科技成果", "level", "项", ("scientific_and_technological_results", "count", "converted", "")),
        ("流转土地", "level", "亩", ("land", "area", "transferred", "")),
        # Who counts by households; a number without a classifier; what was made.
        ("物流企业", "level", "万户", ("logistics_enterprises", "count", "", "")),
        ("育儿家庭", "level", "万户", ("families_with_children", "households", "", "")),
        ("惠及困难群众", "level", "万", ("needy_people", "persons", "benefited", "")),
        ("生产原油", "level", "万吨", ("crude_oil", "output", "", "")),
        ("在川物流企业", "level", "家", ("logistics_enterprises", "count", "", "")),
        # A thing of one character within a word that nobody knows is none; at its end it is.
        ("薅人黼产值", "level", "亿元", ("", "output_value", "", "薅人黼")),
        ("薅黼区", "level", "个", ("districts", "count", "", "薅黼")),
        ("规上装备制造业企业", "level", "家", ("enterprises", "count", "", "规模以上装备制造业")),
        # Who does it is counted where the unit fits no more than that; what is done, where it fits it.
        ("盟市接通黼黻铁路", "level", "个", ("leagues_and_cities", "count", "", "～接通黼黻铁路")),
        ("物流企业开展黼黻审核", "level", "家", ("logistics_enterprises", "count", "", "～开展黼黻审核")),
        ("物流企业开展技能培训", "level", "场", ("skills_training", "count", "held", "物流企业开展")),
        ("县级医院达到黼黻医院水平", "level", "家", ("county_hospitals", "count", "", "～达到黼黻医院水平")),
        ("物流企业入选绿色工厂", "level", "家", ("green_factories", "count", "certified", "物流企业入选")),
        # Words for what is done that tell a kind; a task that nobody counts; a change in the unit of the level.
        ("黼黻制度型开放成果", "level", "项", ("results", "count", "", "黼黻制度型开放")),
        ("开放公共体育设施", "level", "个", ("sports_facilities", "count", "opened", "公共")),
        ("重点黼黻建设项目", "level", "个", ("projects", "count", "", "重点黼黻建设")),
        ("农村危房改造任务", "level", "户", ("dilapidated_rural_houses", "households", "renovated", "")),
        ("农村危房改造任务", "level", "项", ("tasks", "count", "", "农村危房改造")),
        ("地下水开采量", "change", "万立方米", ("groundwater", "volume", "", "～开采")),
        ("地下水开采量", "change", "个百分点", ("groundwater", "share", "", "～开采")),
        # A grade and above is another than the grade; a size in persons counts them; what a rank tells of.
        ("黼级以上物流企业", "level", "家", ("logistics_enterprises", "count", "", "黼级以上")),
        ("黼级物流企业", "level", "家", ("logistics_enterprises", "count", "", "黼级")),
        ("技工院校招生规模", "level", "万人", ("enrolment", "persons", "", "技工院校")),
        ("赤字率", "level", "%", ("deficit_ratio", "rate", "", "")),
        ("外汇储备", "level", "亿美元", ("foreign_exchange_reserves", "amount", "", "")),
        ("退耕还林", "level", "万亩", ("farmland_returned_to_forest", "area", "", "")),
        ("物流企业规模", "level", "亿元", ("logistics_enterprises", "size", "", "")),
        ("物流企业综合竞争力", "rank", "位", ("logistics_enterprises", "competitiveness", "", "")),
        ("黼黻薅考核", "rank", "位", ("", "assessment", "", "黼黻薅")),
        ("薅黼院", "level", "个", ("", "count", "", "薅黼院")),
        ("提高企业黼黻", "level", "家", ("enterprises", "count", "", "～黼黻")),
        # What a sum is spent on is not the sum; what brackets add is not the thing; a share of what is measured.
        ("安排财政资金加快黼黻项目落地", "level", "亿元", ("funding", "amount", "", "安排～加快黼黻项目落地")),
        ("安排财政资金加快黼黻项目落地", "level", "个", ("projects", "count", "landed", "安排财政资金黼黻")),
        ("黼黻平台(基地)", "level", "个", ("platforms", "count", "", "黼黻～(基地)")),
        ("黼黻(平台)", "level", "个", ("platforms", "count", "", "黼黻(～)")),
        ("物流企业营业收入占比", "level", "%", ("logistics_enterprises", "share", "", "～营业收入")),
        ("物流企业模式全覆盖", "level", "种", ("models", "count", "", "物流企业～全覆盖")),
        ("黼黻建设考核", "rank", "位", ("", "assessment", "", "黼黻建设")),
        ("孤儿保障标准", "level", "元", ("orphans", "standard", "", "")),
        ("既有住宅加装(更新)电梯", "level", "部", ("lifts", "count", "installed_or_replaced", "")),
        # Who is counted, where only a multiplier stands; a share in the mean of a larger place; what was received besides.
        ("生育保险参保人数", "level", "万", ("maternity_insurance", "persons", "insured", "")),
        ("黼黻能耗强度占全国平均比重", "level", "%", ("energy_intensity", "share", "", "黼黻占全国平均")),
        ("接待医疗旅游", "level", "万人次", ("medical_tourism", "person_times", "", "")),
        ("柑橘全产业链产值", "growth", "%", ("citrus", "output_value", "", "～全产业链")),
        ("有机质", "growth", "%", ("organic_matter", "concentration", "", "")),
        ("储能规模", "growth", "番", ("energy_storage", "installed_capacity", "", "")),
        # Industrial clusters at large are no title.
        ("建设黼黻产业集群", "level", "个", ("industrial_clusters", "count", "built", "黼黻")),
        ("获批黼黻产业集群", "level", "个", ("industrial_clusters", "count", "approved", "黼黻")),
        ("创建黼黻产业集群", "level", "个", ("industrial_clusters", "count", "built", "黼黻")),
        ("黼黻产业集群建设", "level", "个", ("industrial_clusters", "count", "built", "黼黻")),
        # What is not counted has somebody of whom it is told, where the unit counts him.
        ("盟市空气质量达标", "level", "个", ("leagues_and_cities", "count", "", "～空气质量达标")),
        ("盟市空气质量达标率", "level", "%", ("air_quality", "compliance_rate", "", "盟市")),
        ("炊具销售", "level", "亿元", ("cookware", "sales", "", "")),
        ("炊具销售", "level", "万件", ("cookware", "sales_volume", "", "")),
        ("首期投资建设黼黻基地", "level", "亿元", ("bases", "investment", "built", "首期黼黻")),
        # Who does it by the unit; sums that no number of pieces counts; what a list holds; work and tasks are not the thing.
        ("物流企业签署合作协议", "level", "家", ("logistics_enterprises", "count", "", "～签署合作协议")),
        ("签署合作协议", "level", "份", ("cooperation_agreements", "count", "signed", "")),
        ("重点企业薅黼整治", "level", "家", ("key_enterprises", "count", "treated", "～薅黼")),
        ("黼黻项目获批贷款", "level", "个", ("projects", "count", "approved", "黼黻～获批贷款")),
        ("黼黻项目获批贷款", "level", "笔", ("loans", "count", "approved", "黼黻项目获批")),
        ("行政许可事项清单", "level", "项", ("administrative_licence_matters", "count", "", "～清单")),
        ("行政许可事项清单", "level", "份", ("lists", "count", "", "行政许可事项")),
        ("自然村黼黻工作", "level", "个", ("natural_villages", "count", "", "～黼黻")),
        # Two things done in a list are neither; a plan of what is done does nothing; what is handled is not received.
        ("建成和在建物流园区", "level", "个", ("logistics_parks", "count", "", "建成和在建")),
        ("黼黻提升计划项目", "level", "个", ("projects", "count", "", "黼黻提升计划")),
        ("提升黼黻项目", "level", "个", ("projects", "count", "renovated", "黼黻")),
        ("办理人大代表建议", "level", "件", ("deputies_suggestions", "count", "handled", "")),
        # What a thing holds; how many there are; what is planned; points of what is counted; a last word for a place.
        ("黼黻粮库", "level", "万吨", ("granaries", "capacity", "", "黼黻")),
        ("黼黻粮库", "level", "座", ("granaries", "count", "", "黼黻")),
        ("黼黻基金数量", "growth", "%", ("funds", "count", "", "黼黻")),
        ("黼黻基金", "growth", "%", ("funds", "amount", "", "黼黻")),
        ("规划面积", "level", "平方公里", ("", "area", "planned", "")),
        ("物流企业", "change", "个百分点", ("logistics_enterprises", "share", "", "")),
        ("黼黻获省资助", "level", "亿元", ("", "funding", "assisted", "黼黻获省级")),
        # A quota of land; the giver of money; money for those who are supported; a general word behind what is measured.
        ("黼黻挂钩指标", "level", "亩", ("land_quota", "area", "", "黼黻挂钩")),
        ("黼黻指标", "level", "项", ("official_indicators", "count", "", "黼黻")),
        ("获得省专项资金", "level", "亿元", ("funding", "amount", "granted", "省级")),
        ("支持企业", "level", "亿元", ("enterprises", "funding", "supported", "")),
        ("黼黻应急通道工程", "level", "公里", ("emergency_access_roads", "length", "", "黼黻～工程")),
        ("黼黻应急通道工程", "level", "个", ("works", "count", "", "黼黻应急通道")),
        # Enterprises are not held; what is begun goes behind its end; a noun before what is done; what only chooses.
        ("开展黼黻改革的企业", "level", "家", ("enterprises", "count", "", "开展黼黻改革")),
        ("动工黼黻项目全部建成", "level", "个", ("projects", "count", "built", "动工黼黻")),
        ("黼黻金融服务发放贷款", "level", "亿元", ("loans", "amount", "issued", "黼黻金融服务发放")),
        ("纳入黼黻计划的开工项目", "level", "个", ("projects", "count", "started", "纳入黼黻计划开工")),
        ("争取到黼黻试点", "level", "个", ("pilots", "count", "granted", "黼黻")),
        ("争取黼黻资金", "level", "亿元", ("funding", "amount", "raised", "黼黻")),
        # What stands inside the name of a project; what is added; an aim of the year; so much a month; who does it behind.
        ("黼黻改造、提升省级项目", "level", "个", ("projects", "count", "", "黼黻改造、提升省级")),
        ("人才培养黼黻项目", "level", "个", ("projects", "count", "", "人才培养黼黻")),
        ("培养人才", "level", "名", ("talents", "persons", "nurtured", "")),
        ("建成养老床位", "level", "张", ("elderly_care_beds", "count", "new", "")),
        ("累计建成养老床位", "level", "张", ("elderly_care_beds", "count", "built", "累计")),
        ("城镇新增就业完成年计划", "level", "%", ("employment", "completion_rate", "new", "城镇新增～计划")),
        ("孤儿", "level", "元/月", ("orphans", "standard", "", "")),
        ("师范院校对黼黻的帮扶", "level", "所", ("universities_and_colleges", "count", "assisted", "师范～对黼黻")),
        ("黼黻服务三大产业产值", "level", "亿元", ("industries", "output_value", "", "黼黻服务三大")),
        ("服务企业", "level", "家", ("enterprises", "count", "benefited", "")),
        ("新建公园目标完成率", "level", "%", ("public_parks", "completion_rate", "built", "～目标")),
        ("优质高中对薄弱高中结对帮扶", "level", "所", ("good_senior_secondary_schools", "count", "", "～薄弱高中结对帮扶")),
        ("出台措施支持黼黻企业", "level", "条", ("measures", "count", "adopted", "～支持黼黻企业")),
        ("中心卫生院主体工程", "level", "家", ("central_township_health_centres", "count", "", "～主体工程")),
        ("中心卫生院主体工程", "level", "个", ("main_works", "count", "", "中心卫生院")),
        ("污水处理厂及配套管网建设", "level", "座", ("sewage_treatment_plants", "count", "built", "～、配套管网")),
        ("全国文明城市创建投入资金", "level", "亿元", ("national_civilised_cities", "funding", "", "～创建")),
        ("学校纳入集团化管理", "level", "%", ("schools", "share", "", "～纳入集团化管理")),
        ("学校纳入国家试点", "level", "所", ("schools", "count", "certified", "～纳入国家试点")),
        ("投入黼黻改善资金", "level", "亿元", ("funding", "amount", "", "～黼黻改善")),
        # Traffic told in money; who has no shares to list; funds that others before them are examples of.
        ("黼黻业务量", "level", "亿元", ("", "transactions", "", "黼黻")),
        ("黼黻业务量", "level", "亿件", ("", "traffic", "", "黼黻")),
        ("挂牌黼黻实验室", "level", "个", ("laboratories", "count", "established", "黼黻")),
        ("挂牌黼黻企业", "level", "家", ("enterprises", "count", "listed", "黼黻")),
        ("专项债、中央预算内等资金", "level", "亿元", ("funding", "amount", "", "专项债、中央预算内等")),
        ("客运班线公交化改造", "level", "条", ("coach_routes", "count", "renovated", "～公交化")),
        # A title is had newly, whatever is said of how; not where somebody is named, nor what was created to date.
        ("创建黼黻示范县", "level", "个", ("demonstration_counties", "count", "new", "黼黻")),
        ("培育瞪羚企业", "level", "家", ("gazelle_enterprises", "count", "new", "")),
        ("产业园获评零碳园区", "level", "个", ("zero_carbon_parks", "count", "certified", "产业园获评")),
        ("累计创建零碳园区", "level", "个", ("zero_carbon_parks", "count", "built", "累计")),
        ("建设零碳园区", "level", "个", ("zero_carbon_parks", "count", "built", "")),
        # Works that were begun were not done; people have something from works on their homes.
        ("新开工改造老旧小区", "level", "个", ("old_residential_compounds", "count", "started", "")),
        ("启动老旧小区改造", "level", "万户", ("old_residential_compounds", "households", "started", "")),
        ("改造老旧小区惠及居民", "level", "万户", ("old_residential_compounds", "households", "renovated", "")),
        ("改造老旧小区惠及居民", "level", "万人", ("residents", "persons", "renovated", "老旧小区惠及")),
        ("黼黻服务业企业营收", "growth", "%", ("services", "revenue", "", "黼黻")),
        ("服务业企业", "level", "家", ("enterprises", "count", "", "服务业")),
        ("打造消费场景", "level", "个", ("consumption_scenarios", "count", "built", "")),
        # The unit tells trips and categories; what is ranked of an indicator or of an assessment is no number of them.
        ("黼黻船舶", "level", "航次", ("ships", "trips", "", "黼黻")),
        ("创新综合指标", "change", "位", ("official_indicators", "index", "", "创新综合")),
        ("企业综合考评蝉联黼黻", "rank", "位", ("enterprises", "assessment", "", "～综合考评蝉联黼黻")),
        ("黼黻效率", "rank", "位", ("", "efficiency", "", "黼黻")),
        # What is strengthened has been there; complaints about what is kept up; a price; who was named, where projects are counted.
        ("培育壮大特色产业集群", "level", "个", ("characteristic_industrial_clusters", "count", "nurtured", "")),
        ("供水保障投诉", "growth", "%", ("complaints", "count", "", "供水保障")),
        ("黼黻电价", "growth", "%", ("electricity_price", "price", "", "黼黻")),
        ("项目进入黼黻工厂名录", "level", "个", ("projects", "count", "", "～进入黼黻工厂名录")),
        # What such things are made up of narrows nothing as an example, and does where it is all of them.
        ("改造供水、燃气等地下管网", "level", "公里", ("underground_pipes", "length", "renovated", "")),
        ("改造燃气管网", "level", "公里", ("gas_pipes", "length", "renovated", "")),
        ("重点改革任务", "level", "项", ("key_reform_tasks", "count", "", "")),
        ("改革任务", "level", "项", ("reform_tasks", "count", "", "")),
        ("培育规上工业企业", "level", "家", ("industrial_enterprises_above_designated_size", "count", "new", "")),
        # Guests are received and prizes won, whatever stands before them.
        ("接待省外游客", "growth", "%", ("tourists", "person_times", "", "省外")),
        ("作品获文华奖", "level", "项", ("wenhua_awards", "count", "granted", "")),
        ("获奖企业", "level", "家", ("enterprises", "count", "", "获奖")),
        # Technologies are mastered; a mark is passed.
        ("攻克关键核心技术", "level", "项", ("key_core_technologies", "count", "broken_through", "")),
        ("生产总值突破100亿元县", "level", "个", ("counties", "count", "", "生产总值突破100亿元")),
        ("每千人养老床位数", "level", "张", ("elderly_care_beds", "count", "", "每千人口")),
        # A list is of what all its members are, by what is above them or by how their names end; near: of nothing,
        # with a verb of its own, of who does something together.
        ("改造老旧小区和农村危房", "level", "户", ("housing", "households", "renovated", "老旧小区、农村危房")),
        ("图书馆、美术馆数量", "level", "座", ("cultural_venues", "count", "", "图书馆、美术馆")),
        ("独角兽企业、专精特新企业", "level", "家", ("enterprises", "count", "", "独角兽企业、专精特新中小企业")),
        ("煤电与风电发电量占比", "level", "%", ("electric_power", "share", "", "煤电、风电～发电量")),
        ("薅黼、PM10、臭氧浓度", "level", "微克/立方米", ("air_quality", "concentration", "", "薅黼、PM10、臭氧")),
        ("玉米和桥梁", "level", "个", ("bridges", "count", "", "玉米、")),
        ("高校与职业院校结对", "level", "所", ("vocational_colleges", "count", "", "高校、～结对")),
        ("医药和旅游产业对工业增长贡献", "level", "%", ("industry", "contribution", "", "医药和旅游产业对～增长")),
        # Who settles, sets up branches or agrees with others is counted; near: where nobody does.
        ("项目落户产业园", "level", "个", ("projects", "count", "landed", "～落户产业园")),
        ("引进企业落户开发区", "level", "家", ("enterprises", "count", "landed", "引进～落户开发区")),
        ("落户产业园", "level", "个", ("industrial_parks", "count", "landed", "")),
        ("保险公司设立分支机构", "level", "家", ("insurance_companies", "count", "", "～设立分支机构")),
        ("设立分支机构", "level", "家", ("institutions", "count", "established", "分支")),
        ("县与三甲医院建立协作关系", "level", "个", ("counties", "count", "", "～与三甲医院建立协作关系")),
        # The unit tells which of two is counted; what precedes a key county tells of what it is one.
        ("建设电站和研发中心", "level", "座", ("power_stations", "count", "built", "～、研发中心")),
        ("建设电站和研发中心", "level", "家", ("r_and_d_centres", "count", "built", "电站、")),
        ("油料产能提升重点县", "level", "个", ("counties", "count", "", "油料产能提升重点")),
        ("提升重点县", "level", "个", ("counties", "count", "renovated", "重点")),
        ("镇建设苗木基地", "level", "个", ("towns", "count", "", "～建设苗木基地")),
        ("重点县运营农机中心", "level", "个", ("counties", "count", "", "重点～运营农机中心")),
        ("镇建设苗木基地", "level", "万亩", ("bases", "area", "built", "镇建设苗木")),
        ("地级市断面水环境质量", "level", "个", ("prefecture_level_cities", "count", "", "～断面水环境质量")),
        ("企业入选质量标杆单位", "level", "家", ("enterprises", "count", "certified", "～入选质量标杆单位")),
        ("文艺作品荣获红星奖", "level", "部", ("works_of_art", "count", "", "～荣获红星奖")),
    ],
)  # fmt: skip
def test_what_a_phrase_is_made_of(phrase: str, measure: str, unit: str, expected: tuple[str, ...]) -> None:
    assert facets(phrase, measure, unit) == Facets(*expected)


def test_growth_and_level_share_an_identifier() -> None:
    assert identify("工业用电量", "growth", "%") == identify("工业用电量", "level", "亿千瓦时")
    assert identify("棚户区改造", "level", "户") == identify("改造棚户区", "level", "户")


def test_what_is_made_of_the_same_as_a_core_indicator_is_that_indicator() -> None:
    assert resolve_indicator("电力装机规模", "level", "万千瓦") == "installed_power_capacity"
    assert resolve_indicator("改造老旧小区", "level", "个") == "old_compounds_renovated"
    assert resolve_indicator("改造老旧小区", "level", "万户") == "old_compounds_households"


def test_a_place_s_own_level_narrows_nothing() -> None:
    province, city = "cn-430000", "cn-430100"
    assert indicator_of("省级重点项目", province, "level", "个") == identify("重点项目", "level", "个")
    assert indicator_of("省级重点项目", city, "level", "个") == identify("省级重点项目", "level", "个")
    assert indicator_of("省级绿色工厂", province, "level", "家") == identify("省级绿色工厂", "level", "家")


def test_an_identifier_is_made_of_the_facets_and_not_of_names() -> None:
    assert identify("新建薅黼黻污水处理厂", "level", "座").startswith("sewage_treatment_plants.count.built-")
    assert identify("新建“薅黼黻”污水处理厂", "level", "座") == identify("新建薅黼黻污水处理厂", "level", "座")
    assert identify("新增薅黼黻", "level", "个").startswith("x_")


def test_what_was_issued_is_kept() -> None:
    """Add to issued.csv and redirects.csv; a line that was published never goes away and never leads elsewhere."""
    first = [row for row in catalogue_rows("issued") if row["since"] == "0.1.0"]
    assert len(first) == 1112
    assert len({row["indicator_id"] for row in first}) == 1112
    assert set(redirects()) <= issued().keys()
    assert not {new for new, _ in redirects().values()} & redirects().keys(), "a redirect leads to the last one"
    assert {new for new, _ in redirects().values()} <= issued().keys()


def test_two_issued_identifiers_mean_two_things() -> None:
    """What has come to mean the same is tied by a redirect."""
    seen: dict[Facets, str] = {}
    for entry in issued().values():
        if entry.phrase and entry.indicator_id not in redirects() and entry.facets.thing:
            assert seen.setdefault(entry.facets, entry.indicator_id) == entry.indicator_id


def test_every_issued_identifier_is_found_by_its_own_phrase() -> None:
    for entry in issued().values():
        if entry.phrase:
            stated = entry.phrase, "level" if entry.unit else "growth", entry.unit
            expected = redirects().get(entry.indicator_id, (entry.indicator_id, ""))[0]
            assert expected in {identify(*stated), resolve_indicator(*stated)}


def test_lists_fit_each_other() -> None:
    topics = catalogue("topics")
    for thing in things().values():
        assert thing.topic_id in topics, thing
        assert not thing.broader or thing.broader in things(), thing
        assert not re.search("[\u4e00-\u9fff]", thing.name_en), thing
    enums = {column.name: column.constraints.get("enum", ()) for column in schema.table("indicators").columns}
    assert list(enums["property"]) == list(properties())
    assert list(enums["event"]) == list(events())


def test_a_thing_stands_in_one_topic() -> None:
    every = Counter(thing for topic in catalogue("things").values() for thing in topic)
    assert [thing for thing, often in every.items() if often > 1] == []


def test_words_for_topics_fit_the_lists() -> None:
    words = catalogue("facets")["any_topic"]
    told = [*words["words"], *words["properties"].values(), *words["always"].values(), *words["unsaid"].values()]
    assert {*told, *words["vague"]} <= set(catalogue("topics"))
    assert {*words["things"], *words["nothing"], *words["weak"]} <= set(things())
    assert {*words["properties"], *words["always"]} <= set(properties())
    assert set(words["unsaid"]) <= set(properties()) | set(events())
    every = Counter(word for known in words["words"].values() for word in known)
    assert [word for word, often in every.items() if often > 1] == []


def test_no_thing_is_above_itself() -> None:
    for thing in things().values():
        above = thing.broader
        for _ in range(20):
            above = things()[above].broader if above else ""
        assert not above, thing


def test_core_indicators_are_made_of_different_things() -> None:
    made = Counter(
        describe(key, {})[column] is not None for key in catalogue("indicators") for column in ("thing_id", "property")
    )
    assert not made[False]


def test_description_of_a_composed_indicator() -> None:
    uses = Counter({Use("新建薅黼黻污水处理厂", "level", "座"): 3})
    row = describe(identify("新建薅黼黻污水处理厂", "level", "座"), uses)
    assert row["curation"] == "composed"
    assert row["name_zh"] == "建设薅黼黻污水处理厂"
    assert row["name_en"] == "Sewage treatment plants built (a narrower group: see the Chinese name)"
    assert (row["topic_id"], row["unit_id"], row["definition_zh"]) == ("environment", "ge", None)
    assert row["broader_id"] == identify("新建污水处理厂", "level", "座")


@pytest.mark.parametrize(
    ("phrase", "unit", "topic"),
    [
        ("举办水稻种植活动", "场", "agriculture"),  # a general thing has the topic of what narrows it
        ("建设图书馆项目", "个", "culture"),
        ("举办大型活动", "场", "culture"),
        ("建设企业平台", "个", "innovation"),  # an enterprise tells none
        ("新增博物馆停车位", "个", "infrastructure"),  # and what is no general thing keeps its own
    ],
)
def test_topics_of_general_things(phrase: str, unit: str, topic: str) -> None:
    use = Use(phrase, "level", unit)
    assert describe(identify(*use), {use: 1})["topic_id"] == topic


def test_who_gets_a_service() -> None:
    use = Use("免费提供心理服务残疾人", "level", "名")
    assert describe(identify(*use), {use: 1})["name_zh"] == "接受免费心理服务的残疾人"


def test_titles_are_told_as_written() -> None:
    use = Use("“我的薅黼”图书馆", "level", "座")
    assert describe(identify(*use), {use: 1})["name_zh"] == "我的薅黼图书馆"
    use = Use("薅的黼图书馆", "level", "座")
    assert describe(identify(*use), {use: 1})["name_zh"] == "薅黼图书馆"


def test_a_place_s_own_level_is_not_in_the_name() -> None:
    use = Use("建成市级重点项目", "level", "个")
    place = "cn-440000", *use[1:]
    assert describe("key_projects.count.built", {use: 1})["name_zh"] == "建设重点项目"
    assert (
        describe(indicator_of("建成市级博物馆", *place), {Use("建成市级博物馆", *use[1:]): 1})["name_zh"]
        == "建设市级博物馆"
    )


def test_unknown_things_stay_proposed() -> None:
    row = describe(identify("新增薅黼黻", "level", "个"), {Use("新增薅黼黻", "level", "个"): 1})
    assert (row["curation"], row["thing_id"], row["topic_id"]) == ("proposed", None, None)
    assert row["name_en"] == "Figure (see the Chinese name)"


def test_tables_of_the_dictionary() -> None:
    phrase = {"indicator_text": "新建薅黼黻污水处理厂", "measure": "level", "unit": "座"}
    rows = [
        {"indicator_id": "gdp", "indicator_text": "生产总值", "measure": "level", "unit": "亿元"},
        {"indicator_id": "exports"},
        {"indicator_id": identify(*phrase.values()), **phrase},
    ]
    tables = indicator_tables(rows)
    ids = [row["indicator_id"] for row in tables["indicators"]]
    assert ids == sorted(ids)
    assert {"gdp", "exports", identify("新建污水处理厂", "level", "座"), identify(*phrase.values())} == set(ids)
    assert {"sewage_treatment_plants", "gdp", "goods"} <= {row["thing_id"] for row in tables["things"]}
    parents = {row["parent_id"] for row in tables["things"]} - {None}
    assert parents <= {row["thing_id"] for row in tables["things"]}
    assert {row["indicator_id"] for row in tables["indicator_codes"]} == {"exports", "gdp"}


def test_a_name_does_not_depend_on_the_phrase_met_first() -> None:
    one, other = Use("薅黼黻污水处理厂建设", "level", "座"), Use("新建薅黼黻污水处理厂", "level", "座")
    key = identify(*one)
    assert key == identify(*other)
    assert describe(key, {one: 1}) == describe(key, {other: 5}) == describe(key, {other: 1, one: 2})


def test_every_identifier_of_the_first_version_resolves() -> None:
    old = {row["old_id"]: row["new_id"] for row in redirect_rows()}
    for key in issued():
        row = describe(old.get(key, key), {})
        assert row["name_zh"]


def test_facets_of_the_catalogue_are_known() -> None:
    for indicator_id in catalogue("indicators"):
        made = core_facets(indicator_id)
        assert made.thing in things(), indicator_id
        assert made.property in properties(), indicator_id
        assert made.event in {"", *events()}, indicator_id
    words = catalogue("facets")
    named = [words["own_level"], *(entry.get("things", ()) for entry in words["implied"].values())]
    assert {thing for group in named for thing in group} <= set(things())


@pytest.mark.parametrize(
    ("phrase", "unit", "expected"),
    [
        # What stands between somebody and something stays there; at the edge it goes to the front.
        ("薅黼中心获批省级薅黼基地", "个", "薅黼中心获批省级薅黼基地"),
        ("薅黼津贴惠及困难群众", "万", "薅黼津贴惠及困难群众"),
        ("省级薅黼基地建设", "个", "建设省级薅黼基地"),
        # Words that hold a list or a bound together are kept inside, and go at the end.
        ("薅、黼等产业产值", "亿元", "薅、黼等产业产值"),
        ("薅级以上污水处理厂", "座", "薅级以上污水处理厂"),
        ("薅黼污水处理厂以上", "座", "薅黼污水处理厂"),
        ("薅黼工业对经济增长贡献率", "%", "薅黼工业对经济增长贡献率"),
        # A verb that goes with the noun; the others have the usual one.
        ("新开通薅黼航线", "条", "开通薅黼航线"),
        ("新启用薅黼污水处理厂", "座", "投用薅黼污水处理厂"),
        ("处置薅黼危险废物", "种", "处置薅黼危险废物"),
        ("发行薅黼专项债", "亿元", "发行薅黼专项债"),
        ("化解薅黼信访积案", "件", "化解薅黼信访积案"),
        # What is measured, where the name does not say it.
        ("薅黼保费", "亿元", "薅黼保费"),
        ("新建薅黼水库", "万立方米", "建设薅黼水库容积"),
        ("改造薅黼管网", "公里", "改造提升薅黼管网长度"),
        ("薅黼公路里程", "公里", "薅黼公路里程"),
        ("薅黼民营经济占比", "%", "薅黼民营经济占比"),
        ("薅黼污水处理厂获批薅黼基地", "%", "薅黼污水处理厂获批薅黼基地比例"),
        ("薅黼水平指数", "分", "薅黼水平指数"),
        # Persons and persons each time are two; a household says what it is.
        ("新增高技能人才", "万人次", "新增高技能人才人次"),
        ("新增高技能人才", "万人", "新增高技能人才"),
        ("帮扶薅黼贫困户", "万户", "帮扶薅黼贫困户"),
        # A word is not cut at a character that says nothing alone.
        ("高校入选薅黼名单", "所", "高校入选薅黼名单"),
        ("符合条件薅黼学校", "所", "符合条件薅黼学校"),
        # What is done stands behind what tells how, and before a list, a bracket, or what else is done.
        ("农产品定量抽检", "批次", "农产品定量抽检"),
        ("薅黼问题整改完成率", "%", "薅黼问题整改完成率"),
        ("薅黼问题", "个", "薅黼问题"),
        ("免费开展视力筛查儿童", "万名", "接受免费视力筛查的儿童"),
        ("惠及困难儿童", "万名", "惠及困难儿童"),
        ("受理薅黼诉求", "件", "受理薅黼诉求"),
        ("来琼务工农民", "万名", "务工的农民"),
        ("企业研发经费", "亿元", "企业研发经费"),
        ("引进企业(机构)", "家", "引进企业(机构)"),
        ("创新药获批上市", "个", "获批上市创新药"),
        ("新实施技术改造项目", "个", "新增技术改造项目"),
        ("帮扶就业困难人员实现就业", "人", "帮扶就业困难人员就业"),
        # Capacity to make things, and to do something with them; daily capacity; a pool is no part of the name.
        ("天然气产能", "亿立方米", "天然气产能"),
        ("污水处理能力", "万吨/日", "污水处理能力"),
        ("薅黼日产能", "万只", "薅黼日产能"),
        ("获评何梁何利奖", "人", "获评何梁何利奖人数"),
        # A level is told without 级 where the language has none.
        ("国家一级博物馆", "家", "国家一级博物馆"),
        # What is dirty is cleaned up in what is counted.
        ("化工产业集群大气污染治理", "个", "化工产业集群大气污染治理"),
        ("大气污染治理项目", "个", "大气污染治理项目"),
        # How it is done stands before what is done, and what is done besides.
        ("精准服务企业", "家", "精准服务企业"),
        ("养护提升农村公路", "条", "养护改造提升农村公路"),
        ("快递业务量", "万件", "快递业务量"),
        ("产业匹配度", "%", "产业匹配度"),
        ("省先进制造业集群", "个", "省级先进制造业集群"),
        # What is compared with, reached or held stays; a level that is told of all is one level.
        ("县(市)薅黼增速快于全省", "个", "县(市)薅黼增速快于全省"),
        ("产品薅黼产能全国第一", "种", "产品薅黼产能全国第一"),
        ("产品薅黼水耗达到国家先进值", "种", "产品薅黼水耗达到国家先进值"),
        ("生产总值千亿级关口", "个", "生产总值千亿元台阶"),
        # Land is built on for pay, which is not built; a station with a name of its own keeps it.
        ("薅黼农田建设劳务报酬", "亿元", "薅黼农田建设劳务报酬"),
        ("薅黼工作站", "个", "薅黼工作站"),
        ("退出融资平台", "家", "退出融资平台"),
        # A list names all of them, and what they all are is not told again.
        ("改造老旧小区和农村危房", "户", "改造提升老旧小区、农村危房户数"),
        ("新增独角兽企业、瞪羚企业", "家", "新增独角兽企业、瞪羚企业"),
        ("县与三甲医院建立协作关系", "个", "县与三甲医院建立协作关系"),
    ],
)  # fmt: skip
def test_chinese_names(phrase: str, unit: str, expected: str) -> None:
    use = Use(phrase, "level", unit)
    assert describe(identify(*use), {use: 1})["name_zh"] == expected


@pytest.mark.parametrize(
    ("phrase", "unit", "expected"),
    [
        # Words without English are romanised, so that the name is not that of the whole.
        ("新建薅黼江污水处理厂", "座", "Haofujiang sewage treatment plants built"),
        ("薅黼污水处理厂", "座", "Sewage treatment plants (a narrower group: see the Chinese name)"),
        # What somebody was made into, chosen for, has from something, or does with it.
        ("产业园获评国家级零碳园区", "个", "Industrial parks recognised as national zero-carbon parks"),
        ("薅黼津贴惠及困难群众", "万", "Needy people (a narrower group: see the Chinese name)"),
        ("中小学开展科技合作", "所", "Primary and secondary schools carrying out science and technology cooperation"),
        # Awards are won; who is no award was recognised.
        ("荣获文华奖", "项", "Wenhua Awards won"),
        ("获评大国工匠", "人", "Great craftsmen recognised"),
        ("运动员荣获文华奖", "项", "Athletes awarded Wenhua Awards"),
        # Single characters are left out, as are those that are words of their own only by chance; what is long is told as a part.
        ("薅黼鬯彝罍斝觥卣盉污水处理厂", "座", "Sewage treatment plants (a narrower group: see the Chinese name)"),
        ("新建薅高原薅污水处理厂", "座", "Sewage treatment plants built (a narrower group: see the Chinese name)"),
        # Sizes by which things are called, years excepted.
        ("新建66千伏污水处理厂", "座", "66-kilovolt sewage treatment plants built"),
        ("开通15分钟公交线路", "条", "15-minute bus routes opened"),
        ("改造薅黼小区", "万户", "Residential compounds renovated or improved (households; a narrower group: see the Chinese name)"),
        # Trade with somebody is not trade in something.
        ("对东盟国家出口", "亿元", "Exports to ASEAN countries"),
        ("茶叶出口", "亿元", "Exports of tea"),
        # No second new; whose part in what.
        ("新增新型污水处理厂", "座", "Additional new-type sewage treatment plants"),
        ("薅黼工业对工业增长贡献率", "%", "Contribution to industrial growth (whose: see the Chinese name)"),
        # Two figures in a list, and what was done by which means.
        ("接待游客人数和旅游收入", "", "Tourists received and revenue of tourism"),
        ("生产总值和工业总产值", "", "GDP and gross industrial output"),
        ("游客、收入", "", "Revenue of tourists"),
        ("参加养老保险", "万人次", "Those taking part in pension insurance (person-times)"),
        ("获评何梁何利奖", "人", "People awarded Ho Leung Ho Lee prizes"),
        ("获评何梁何利奖", "项", "Ho Leung Ho Lee prizes won"),
        ("通过新建和改建实现扩容学校", "所", "Schools renovated or improved"),
        # Who has something from works is counted, not the works; families are themselves.
        ("供水工程惠及", "万人", "People benefiting from water supply works"),
        ("开工惠及薅黼工程", "万人", "People benefiting from works (a narrower group: see the Chinese name)"),
        ("惠及困难家庭", "户", "Needy families benefiting (by what the text names)"),
        # A verb between nouns has several readings; what only the place in the phrase tells is not guessed.
        ("医院帮扶培训学校改造宿舍", "间", "Dormitories (a narrower group: see the Chinese name)"),
        ("医院改造", "家", "Hospitals renovated or improved"),
        ("企业共享医院设备", "家", "Enterprises sharing hospital equipment"),
        ("燃煤锅炉超低排放改造", "台", "Ultra-low emission renovation of coal-fired boilers"),
        ("原油等商品", "种", "Goods such as crude oil"),
        ("追回工资劳动者", "名", "Workers whose wages were recovered"),
        ("生猪屠宰加工", "头", "Pigs (a narrower group: see the Chinese name)"),
        # Who gets something is told with it; costs saved are the opposite of costs; satisfaction is with how they are handled.
        ("开展心理健康测评儿童", "万名", "Children receiving mental health assessment"),
        ("薅黼为群众节约物流费用", "亿元", "Expenditure on logistics saved (a narrower group: see the Chinese name)"),
        ("医院共享学校食堂", "家", "Hospitals sharing school canteens"),
        ("每10万人口薅黼医院", "家", "Hospitals per 100,000 people (a narrower group: see the Chinese name)"),
        ("薅黼资本市场培训", "人次", "Training concerning capital market (person-times; a narrower group: see the Chinese name)"),
        ("薅黼投诉满意度", "%", "Satisfaction with the handling of complaints (a narrower group: see the Chinese name)"),
        ("薅黼调高低保标准", "次", "Number of times concerning the minimum living allowance (see the Chinese name)"),
        ("羊出栏", "只", "Sheep and goats sold for slaughter"),
        ("专利运营中心", "个", "Patent operation centres"),
        # Much before a head, an adjective behind a noun, a noun of work before what it may be done with, and a list whose
        # members may share their last word are told by the head alone.
        ("县域海洋食品现代产业园", "个", "Industrial parks (a narrower group: see the Chinese name)"),
        ("港口优质医院", "家", "Hospitals (a narrower group: see the Chinese name)"),
        ("优质港口医院", "家", "High-quality port hospitals"),
        ("医院和学校宿舍", "间", "Dormitories (a narrower group: see the Chinese name)"),
        ("医院和优质学校", "所", "Hospitals and high-quality schools"),
        # A rate of what was done is a share; consumption is driven by what drives it; money is told with what it is for.
        ("建议办理率", "%", "Share of suggestions handled"),
        ("水土保持率", "%", "Rate of soil and water conservation"),
        ("旅游活动带动消费", "亿元", "Consumption driven by tourism events"),
        ("发放学校资金", "亿元", "Funding issued for schools"),
        ("新增风电装机", "万千瓦", "New installed capacity of wind power"),
        ("残疾人就业", "人", "Employment of persons with disabilities"),
        ("农民收入", "元", "Income of farmers"),
        # What is exported is told in tonnes, too; a cost in per cent is a share of costs; no list shares its last word.
        ("苹果出口", "万吨", "Export volume of apples"),
        ("物流成本", "%", "Share of logistics costs (of what the text names)"),
        ("人工智能应用和社区托育措施", "条", "Measures (a narrower group: see the Chinese name)"),
        ("乡镇全覆盖", "个", "Figure concerning townships (see the Chinese name; by what the text names)"),
        ("社区纳入国家试点", "个", "Communities included in national pilots"),
        ("农民人均纯收入", "元", "Net income per farmer"),
        ("财政收入", "亿元", "Fiscal revenue"),
        ("开通国际国内航线", "条", "International and domestic routes opened"),
        ("边民补助标准", "元/月", "Standard of support for border residents"),
        ("实施省级民生项目", "个", "Provincial projects for people's livelihood"),
        ("精准服务企业", "家", "Enterprises served (a narrower group: see the Chinese name)"),
        ("重点领域开展职业技能培训", "人次", "Vocational training (person-times; a narrower group: see the Chinese name)"),
        # Persons are chosen for programmes and win prizes; each part of a pair is told before a noun as one.
        ("入选薅黼黻人才计划", "人", "People selected for talent programmes (a narrower group: see the Chinese name)"),
        ("入选人才计划", "人", "People selected for talent programmes"),
        ("农牧民活动", "场", "Farmer and herder events"),
        # 甲馆和乙馆 are no group of 乙馆, and the persons of a body are no group of bodies.
        ("博物馆和薅黼黻图书馆", "座", "Cultural venues (a narrower group: see the Chinese name)"),
        ("薅黼黻图书馆", "座", "Libraries (a narrower group: see the Chinese name)"),
        ("普通高中薅黼规模", "人", "Number of people connected with senior secondary schools (see the Chinese name)"),
        # What is a sum or a coefficient in itself.
        ("财政赤字", "亿元", "Fiscal deficit"),
        ("恩格尔系数", "%", "Engel coefficient"),
        ("猪肉产量", "万吨", "Output of pork"),
        ("国考断面", "%", "Share of nationally assessed sections (those meant in the text)"),
        # An industry is not what it makes; 丙中丁 is a part of the whole as 丁占丙 is; trade of which nothing else is told is in goods.
        ("芯片产业规模", "亿元", "Scale of the chip industry"),
        ("低空经济产业规模", "亿元", "Size of the low-altitude economy"),
        ("税收中工业税收占比", "%", "Industry as a share of taxes"),
        ("中小学占比", "%", "Share of primary and secondary schools"),
        ("带动薅黼进出口", "亿元", "Imports and exports of goods generated (a narrower group: see the Chinese name)"),
        # A phrase of more than one noun stands before no other; who does something is counted where the unit counts such.
        ("科技成果转化医院", "家", "Hospitals (a narrower group: see the Chinese name)"),
        ("单位生产总值事故", "起", "Accidents per unit of GDP"),
        ("化工企业技术改造", "家", "Chemical enterprises (a narrower group: see the Chinese name)"),
        ("重组化工企业", "家", "Chemical enterprises reorganised"),
        ("为困难企业提供服务", "项", "Figure concerning enterprises (see the Chinese name)"),
        ("惠及经营主体", "户", "Market entities served (by what the text names)"),
        ("新增市级以上示范医院", "家", "New demonstration hospitals at municipal level or above"),
        ("汽车保有量", "万辆", "Vehicles in use"),
        ("新增汽车", "万辆", "New vehicles"),
        # 限额以上 narrows the sellers wherever it stands; trade with somebody is what is imported from and exported to them.
        ("智能手机限额以上零售额", "亿元", "Retail sales of smartphones by enterprises above the threshold"),
        ("对欧盟贸易", "亿元", "Imports from and exports to the EU"),
        ("对欧盟贸易额规模", "亿元", "Imports from and exports to the EU"),
        ("边境贸易", "亿元", "Border trade"),
        ("重点县建设冷库", "座", "Cold stores built by key counties"),
        ("新建县冷库", "个", "County-level cold stores built"),
        ("生产原油占全国比重", "%", "Output of crude oil as a share of the national total"),
        ("地方国企资产总额", "亿元", "Assets of local state-owned enterprises"),
        ("创新药获批上市", "个", "Innovative medicines approved for marketing"),
        ("薅黼学校对工业贡献率", "%", "Contribution to industry (whose: see the Chinese name)"),
        # A length of which nobody knows what has it; whoever was chosen for something that stands in the text.
        ("新增里程", "公里", "New length (of what the text names)"),
        ("企业上榜", "家", "Enterprises recognised (those meant in the text)"),
        ("医院上榜", "家", "Hospitals recognised (those meant in the text)"),
        # An adjective behind a noun is told by the head alone.
        ("煤炭先进产能占比", "%", "Share of advanced capacity (a narrower group: see the Chinese name)"),
        ("省级先进产能占比", "%", "Share of provincial advanced capacity"),
        # Nothing is measured twice or of the work on a thing; who is attracted to invest; what is covered; what is the first of its kind.
        ("三期总装机", "万千瓦", "Installed capacity of electric power (a narrower group: see the Chinese name)"),
        ("水泥产能超低排放改造", "万吨", "Tonnage concerning cement (see the Chinese name)"),
        ("吸引国家和地区投资", "个", "Figure concerning countries and regions (see the Chinese name)"),
        ("吸引项目投资", "亿元", "Investment in projects attracted"),
        ("覆盖学校", "所", "Schools covered (by what the text names)"),
        ("覆盖率", "%", "Coverage (of what the text names)"),
        ("新增首批示范医院", "家", "First batch of demonstration hospitals"),
        ("外国人来琼工作人数", "人", "Foreigners working there"),
        ("来琼外国人", "人", "Foreigners"),
        ("开行中欧班列(西安)", "列", "China–Europe freight trains run"),
        ("开行中欧班列(川渝)", "列", "China–Europe freight trains (a narrower group: see the Chinese name)"),
        ("建设平台(基地)", "个", "Platforms and bases built"),
        ("土壤有机质", "克/千克", "Concentration of organic matter (a narrower group: see the Chinese name)"),
        # The whole chain is more than the thing that it is called after; a third of a larger place's output is a share of it.
        ("柑橘全产业链产值", "亿元", "Whole-chain output value of citrus"),
        ("柑橘产值", "亿元", "Output value of citrus"),
        ("柑橘产量", "比例", "Citrus' share of output"),
        # Whom an allowance reaches; what is more of an output; tests that are told as what was done.
        ("提高高龄津贴、覆盖", "万人", "People covered by old-age allowances"),
        ("蔬菜总产增量", "万吨", "Increase in output of vegetables"),
        ("开展食品监督抽检", "批次", "Food sampling"),
        ("接待旅居养老人次", "万人次", "Long-stay elderly travel (person-times)"),
        ("整县推进美丽乡村建设", "个", "Counties building beautiful villages throughout"),
        ("建设美丽乡村", "个", "Beautiful villages built"),
        ("化工产业集群大气污染治理", "个", "Figure concerning industrial clusters (see the Chinese name)"),
        ("背街环境整治", "处", "Figure concerning the environment (see the Chinese name)"),
        ("大气污染治理项目", "个", "Air pollution treatment projects"),
        ("投入财政帮扶资金", "亿元", "Public finance assistance funds"),
        ("三级公立医院绩效考核", "%", "Assessment of tertiary public hospitals"),
        # In what or by whom a thing is measured is no kind of it.
        ("公众水环境满意度", "%", "Satisfaction with the water environment (a narrower group: see the Chinese name)"),
        ("薅黼农民满意度", "%", "Satisfaction of farmers (a narrower group: see the Chinese name)"),
        ("太湖总磷浓度", "毫克/升", "Concentration of total phosphorus (a narrower group: see the Chinese name)"),
        ("城市燃气覆盖率", "%", "Urban gas coverage"),
        # What is done at the beginning was done with the works; of bare works it tells the kind.
        ("维修养护灌溉工程", "处", "Irrigation works maintained"),
        ("改造灌溉工程", "处", "Irrigation works renovated or improved"),
        ("流域治理工程", "处", "River basin treatment works"),
        ("镇街文化站", "个", "Town and subdistrict cultural stations"),
        ("6岁以下儿童", "人", "Children under 6 years of age"),
        ("80岁以上老年人", "人", "Elderly people of at least 80 years of age"),
        # What stands is renovated and not built, whether the words for it are left out or not; a new school is built.
        ("新开工棚户区", "个", "Shanty towns on which renovation was started"),
        ("开工改造城市危旧房", "套", "Dilapidated urban houses on which renovation was started"),
        ("新开工学校", "所", "Schools started"),
        # Loans are made to those who get them, wages are paid, loans issued; either is neither both.
        ("中小企业新增首贷", "亿元", "Value of new first-time loans to small and medium-sized enterprises"),
        ("发放社会保险待遇", "亿元", "Social insurance benefits paid"),
        ("发放贷款", "亿元", "Loans issued"),
        ("大型水库投入使用或开工建设", "座", "Large reservoirs put into use or started"),
        ("大型水库开工和竣工", "座", "Large reservoirs started and completed"),
        # What is found by prospecting is new; pensions are insured, the elderly are cared for.
        ("勘探新增煤炭储量", "亿吨", "New reserves of coal"),
        ("养老、医疗保险参保率", "%", "Coverage of pension and medical insurance"),
        ("社区养老服务", "项", "Community elderly-care services"),
        # Whose share of an amount it is; of a chain of things only what it is a part of.
        ("数字经济增加值占比", "%", "The digital economy's share of value added"),
        ("地热能用电量占比", "%", "Geothermal energy's share of electricity consumption"),
        ("稀土企业营收占比", "%", "Rare earth enterprises' share of operating revenue"),
        ("水电占用电量比重", "%", "Hydropower as a share of electricity consumption"),
        # The word for what was done that goes with the thing.
        ("募集见习岗位", "个", "Traineeships provided"),
        ("开发公益性岗位", "个", "Public-interest jobs provided"),
        ("开发新药", "个", "New medicines developed"),
        ("扩充幼儿园学位", "个", "New kindergarten places"),
        ("落户总部", "家", "Headquarters established locally"),
        ("落地科技成果", "项", "Scientific and technological results put into practice"),
        ("落地重点实验室", "家", "Key laboratories secured"),
        ("带动游客", "万人次", "Tourists attracted (by what the text names)"),
        ("带动投资", "亿元", "Investment generated (by what the text names)"),
        # It is the money that was raised, and not what it is for.
        ("筹集养老惠民工程资金", "亿元", "Funds raised for elderly-care public-benefit projects"),
        ("筹集图书馆建设资金", "亿元", "Funding raised for libraries"),
        ("图书馆安排资金", "亿元", "Funds arranged for libraries"),
        ("图书馆建设资金", "亿元", "Funding for libraries"),
        # What was only just renovated is not new.
        ("新改造卫生院", "家", "Township health centres newly renovated or improved"),
        ("新增改造卫生院", "家", "Newly renovated township health centres"),
        # A class and all above it stand behind the noun, a class before it.
        ("二级以上公路里程", "公里", "Length of roads of class II or above"),
        ("二级公路里程", "公里", "Length of class II roads"),
        # A branch of the economy is one industry; several are several.
        ("玩具产业产值", "亿元", "Output value of the toy industry"),
        ("五大产业产值", "亿元", "Output value of five major industries"),
        ("玩具产业", "个", "Toy industries"),
        # The size of enterprises stands behind them; figures of speech and piles of nouns have no English.
        ("新增规模以上医药企业", "家", "New pharmaceutical enterprises above designated size"),
        ("建设暖心公园", "个", "Public parks built (a narrower group: see the Chinese name)"),
        ("建设社区公园", "个", "Community parks built"),
        ("战略性新兴产业投资引导基金", "只", "Guidance funds (a narrower group: see the Chinese name)"),
        ("产业投资引导基金", "只", "Industrial investment guidance funds"),
        ("亚冬会铜牌", "枚", "Asian Winter Games bronze medals won"),
        # Firms that make them are no furniture.
        ("家具等产业集群规模", "亿元", "Scale of industrial clusters such as those for furniture"),
        ("建设典型应用场景", "个", "Model use cases developed"),
        # The work of enterprises is theirs, whatever their size; a sum alone names nothing.
        ("规模以上工业企业研发经费", "亿元", "R&D expenditure of industrial enterprises above designated size"),
        ("河流出境断面水质优良率", "%", "Share of river outflow sections with good water quality"),
        ("供水等管网长度", "公里", "Length of pipe networks such as those for water supply"),
        ("创建百亿级", "个", "Figure (see the Chinese name)"),
        ("创建百亿级园区", "个", "Ten-billion-yuan parks built"),
        # A share of what is no number of things, and of what it is not told, is only a share.
        ("薅黼政府采购占比", "%", "Share concerning government procurement (see the Chinese name)"),
        ("薅黼医院占比", "%", "Share of hospitals (a narrower group: see the Chinese name)"),
        # What is too long a row does not become simpler without its brackets.
        ("建设垃圾处理设施县(市)", "个", "Counties and county-level cities built (a narrower group: see the Chinese name)"),
        ("建设垃圾处理设施", "个", "Waste treatment facilities built"),
        # Branches are called after what they make; things beside each other are things.
        ("卫星和智能装备产业规模", "亿元", "Scale of the satellite and smart equipment industries"),
        ("机器人和电池", "万台", "Robots and batteries"),
        # Fields stand behind what is in them, money comes from a purse, a quality is joined with no persons.
        ("重点领域设备更新项目", "个", "Equipment renewal projects in key fields"),
        ("设备更新项目", "个", "Equipment renewal projects"),
        ("财政教育资金", "亿元", "Funds from public finance for education"),
        ("小型灌区现代化改造", "处", "Modernisation of small irrigation districts"),
        ("高技能和工匠人才", "人", "Skilled people (a narrower group: see the Chinese name)"),
        ("新增独角兽、瞪羚企业", "家", "New unicorn and gazelle enterprises"),
        # The rate of work on something; of whom or what is counted there is none.
        ("受污染耕地安全利用率", "%", "Safe use rate of contaminated farmland"),
        ("残疾人集中供养率", "%", "Rate concerning persons with disabilities (see the Chinese name)"),
        ("办理省政协提案满意度", "%", "Satisfaction with the handling of provincial CPPCC proposals"),
        # Sums that say neither what for nor whose.
        ("交易额", "亿元", "Value of transactions (of what the text names)"),
        ("技术交易额", "亿元", "Transaction value of technologies"),
        # A list is named by all its members, or by what they all are.
        ("产值近百亿元镇", "个", "Towns with output value of nearly 10 billion yuan"),
        ("图书馆、美术馆数量", "座", "Libraries and art galleries"),
        ("改造薅黼老旧小区、农村危房", "户", "Housing renovated or improved (households; a narrower group: see the Chinese name)"),
        ("县与三甲医院建立协作关系", "个", "Counties (a narrower group: see the Chinese name)"),
    ],
)  # fmt: skip
def test_english_names(phrase: str, unit: str, expected: str) -> None:
    use = Use(phrase, "level", unit)
    assert describe(identify(*use), {use: 1})["name_en"] == expected


def test_no_name_in_english_holds_chinese() -> None:
    for phrase in ("举办薅黼黻薅黼活动", "薅黼黻政策导致未完成任务", "检查薅黼黻食品"):
        use = Use(phrase, "level", "项")
        assert re.fullmatch(r"[^\u4e00-\u9fff]+", str(describe(identify(*use), {use: 1})["name_en"])), phrase


@pytest.mark.parametrize(
    ("phrase", "unit", "topic"),
    [
        ("新建慢性病防控中心", "个", "health"),
        ("职业教育试点", "个", "education"),
        ("茶叶和服务进出口", "亿元", "trade"),
        # A word for a field tells it as well as a thing, the one nearest to the thing before the others …
        ("建设低空飞行示范区", "个", "infrastructure"),
        ("科技养老服务点", "个", "security"),
        ("设立乡村医疗站", "个", "health"),
        ("建设农(林)事服务中心", "个", "agriculture"),
        # … places, groups of people and policies have that of what they have or get …
        ("建设污水处理设施县", "个", "environment"),
        ("接受免费疫苗接种群众", "人", "health"),
        ("实施促进就业政策措施", "条", "people"),
        ("生产总值超90亿元县", "个", "output"),
        # … and words that say where or how only where no other does.
        ("实施乡村提升行动", "个", "agriculture"),
        ("乡村就业帮扶行动", "个", "people"),
        # The last of several fields tells nothing of them all; of two that are one it does.
        ("教育、交通等项目", "个", "investment"),
        ("中小学、幼儿园等项目", "个", "education"),
        ("肉牛养殖重点项目", "个", "agriculture"),
        ("市级重点项目", "个", "investment"),
        ("盘活闲置资产平台", "个", "finance"),
        ("登记民营经营主体", "户", "industry"),
        # What is sold in shops is consumption, whatever it is.
        ("限额以上冰箱零售额", "亿元", "consumption"),
        # What it is for is in no list, or the thing has a topic of its own.
        ("新建薅黼中心", "个", "governance"),
        ("学校食堂", "家", "education"),
        ("科技医院", "家", "health"),
        ("每千人口床位", "张", "health"),  # a denominator tells nothing
        # Of an unknown thing a word may tell it, or of nothing else what is measured.
        ("避免薅黼伤亡", "人", "governance"),
        ("新增里程", "公里", "infrastructure"),
        ("薅黼里程", "公里", None),
        ("薅黼培训", "人次", "people"),
        ("办理时限", "天", "governance"),
        ("设立金融租赁公司", "家", "finance"),
        ("设立薅黼公司", "家", "industry"),
        ("薅黼面积占永久基本农田比重", "%", "agriculture"),
        # Environments of business are no environment of nature.
        ("市场环境评价", "位", "governance"),
        ("清洁环境评价", "位", "environment"),
    ],
)
def test_a_thing_of_any_topic_has_that_of_what_it_is_for(phrase: str, unit: str, topic: str | None) -> None:
    found = identify(phrase, "level", unit)
    assert describe(found, Counter([Use(phrase, "level", unit)]))["topic_id"] == topic


@pytest.mark.parametrize(
    ("phrase", "unit", "expected"),
    [
        # Schools are counted in 所, and what they have is not; what has a number of its own in 个 is.
        ("翻新中学实验设施", "所", ("secondary_schools", "count", "renovated", "～实验设施")),
        ("小学伙食质量", "所", ("primary_schools", "count", "", "～伙食质量")),
        ("翻新中学实验设施", "个", ("facilities", "count", "renovated", "中学实验")),
        # A classifier counts, whatever is said of what it counts.
        ("指标达到领先水平", "项", ("official_indicators", "count", "", "～达到领先水平")),
        ("县区通过扶贫评估", "个", ("counties_and_districts", "count", "", "～通过扶贫评估")),
        ("创新水平", "分", ("innovation", "attainment", "", "")),
        # So much of a task is how far it is completed.
        ("植树总任务", "%", ("tasks", "completion_rate", "", "植树")),
        ("植树任务", "项", ("tasks", "count", "", "植树")),
    ],
)
def test_what_a_unit_says_of_what_is_counted(phrase: str, unit: str, expected: tuple[str, ...]) -> None:
    assert tuple(facets(phrase, "level", unit)) == expected


@pytest.mark.parametrize(
    ("phrase", "unit", "expected"),
    [
        # To amend or repeal is not to draw up, and rules that were drawn up or amended are more than those drawn up.
        ("修改和废止政府规章", "件", ("rules", "count", "amended_or_repealed", "")),
        ("废止规范性文件", "件", ("normative_documents", "count", "amended_or_repealed", "")),
        ("制定修改废止政府规章", "件", ("rules", "count", "adopted_amended_or_repealed", "")),
        ("立改废规范性文件", "件", ("normative_documents", "count", "adopted_amended_or_repealed", "")),
        ("制修订地方标准", "项", ("local_standards", "count", "adopted_or_amended", "")),
        ("出台政府规章", "部", ("rules", "count", "adopted", "")),
        # Results that are converted are those of research; those that are spread may be any.
        ("转移转化成果", "项", ("scientific_and_technological_results", "count", "converted", "")),
        ("落地成果", "项", ("results", "count", "landed", "")),
        # A county that builds such villages everywhere has not built them yet.
        ("县(市、区)整县建设美丽乡村", "个", ("counties_building_beautiful_villages", "count", "", "")),
        ("县(市、区)整县建成美丽乡村", "个", ("counties_with_beautiful_villages", "count", "", "")),
        # Provinces confer titles of the same name: the level narrows where it is told.
        ("新增单项冠军企业", "家", ("manufacturing_single_product_champion_enterprises", "count", "new", "")),
        (
            "新增国家级单项冠军企业",
            "家",
            ("manufacturing_single_product_champion_enterprises", "count", "new", "国家级"),
        ),
        # What is done before a plan is part of its name, and what is done with it is not.
        ("村庄建设颜值提升行动投资", "亿元", ("actions", "investment", "", "村庄建设颜值提升")),
        ("实施村庄建设行动", "个", ("actions", "count", "carried_out", "村庄建设")),
        # Kinds of a service in a list are not what is done, and what is done in a list is.
        ("咨询、调解等服务", "次", ("services_provided", "count", "", "咨询、调解等")),
        ("新建、扩建等幼儿园", "所", ("kindergartens", "count", "built_or_renovated", "")),
        # Firms are served where something is resolved for them.
        ("服务企业走访解决诉求", "件", ("requests", "count", "resolved", "服务企业走访解决")),
        ("服务企业", "家", ("enterprises", "count", "benefited", "")),
        # Nothing of a thing is no thing.
        ("赛事零投诉", "场", ("competitions", "count", "", "～零投诉")),
        ("投诉", "件", ("complaints", "count", "", "")),
        # What so many people have is how many there are for them.
        ("每万常住人口配备护士", "名", ("nurses", "persons", "", "每万常住人口")),
        ("乡镇配备护士", "名", ("nurses", "persons", "supplied", "乡镇配备")),
        # A title is no phrase; without its marks its words are words.
        ("电影《家江外人》观众", "名", ("spectators", "persons", "", "电影《家江外人》")),
        # Of so many per cent of places that have become one the places are counted.
        ("乡镇建成文明示范区", "%", ("townships", "share", "", "～建成文明示范区")),
        ("建成文明示范区", "个", ("demonstration_zones", "count", "new", "文明")),
    ],
)
def test_what_is_done_and_what_it_is_done_with(phrase: str, unit: str, expected: tuple[str, ...]) -> None:
    assert tuple(facets(phrase, "level", unit)) == expected


def test_an_industry_has_its_article() -> None:
    def name(phrase: str, unit: str) -> str:
        return str(describe(identify(phrase, "level", unit), Counter([Use(phrase, "level", unit)]))["name_en"])

    assert name("会展业营业收入", "亿元") == "Revenue of the exhibition industry"
    assert name("低空经济产值", "亿元") == "Output value of the low-altitude economy"
    assert "the" not in name("零售企业收入", "亿元").split()


def test_english_has_some_adjectives_before_all_else() -> None:
    assert not compose("水利反面案例", "level", "个").name_en
    assert compose("反面案例", "level", "个").name_en == "Negative cases"


@pytest.mark.parametrize(
    ("phrase", "unit", "chinese", "concerns"),
    [
        ("湖滨绿道全线贯通", "公里", "湖滨绿道贯通长度", ""),
        ("政府承诺事项兑现率", "%", "政府承诺事项兑现率", ""),
        # What stands between two nouns of a clause in Chinese does not in English.
        ("民生事项长江三角洲一卡通办", "项", "民生事项长江三角洲一卡通办", "Figure concerning"),
    ],
)
def test_names_of_clauses(phrase: str, unit: str, chinese: str, concerns: str) -> None:
    found = describe(identify(phrase, "level", unit), Counter([Use(phrase, "level", unit)]))
    assert found["name_zh"] == chinese
    assert str(found["name_en"]).startswith(concerns)
    assert not re.search(r"(?<!of )(?<!in )\bthe Yangtze", str(found["name_en"]))


@pytest.mark.parametrize(
    ("phrase", "unit", "thing"),
    [
        # Of what fits something else the first is measured, of work that somebody leads the work; but 企业牵头 may come first.
        ("课程与岗位匹配度", "%", "courses"),
        ("课程与教师", "个", "teachers"),
        ("科研项目由医院承担", "%", "research_projects"),
        ("科研项目、课题由医院牵头比例", "%", "research_projects"),
        ("科研项目企业牵头比例", "%", "research_projects"),
        ("企业牵头项目", "个", "projects"),
        # A sum told of a place is what it measures; a number of places counts them.
        ("生产总值县", "亿元", "gdp"),
        ("生产总值县", "个", "counties"),
        # Areas are counted whose environment is put in order, and the relief of a burden is no person.
        ("重点区域环境整治", "个", "key_regions"),
        ("为居民减负", "万元", "burden_relief"),
        ("关键零件科技攻关", "项", "research_tasks"),
        ("科技攻关项目", "个", "projects"),
        ("新增专业点", "个", "programmes"),
        ("新增边贸点", "个", "points"),
    ],
)
def test_what_is_measured_stands_before_what_narrows_it(phrase: str, unit: str, thing: str) -> None:
    assert facets(phrase, "level", unit).thing == thing


@pytest.mark.parametrize(
    ("phrase", "unit", "chinese"),
    [
        # Which, whose or by what only the text tells, the name says so.
        ("惠及学生", "人", "惠及学生（主体见原文）"),
        ("助学政策惠及学生", "人", "助学政策惠及学生"),
        ("满意率", "%", "满意率（对象见原文）"),
        ("公交服务满意率", "%", "公交服务满意度"),
        ("销售金额", "亿元", "销售金额（对象见原文）"),
        ("新增试点", "个", "新增试点（所指见原文）"),
        ("新增养老试点", "个", "新增养老试点"),
        # Clauses keep their words in order and leave none behind.
        ("热线诉求解决率", "%", "热线诉求解决率"),
        ("班线公交化改造", "条", "班线公交化改造"),
        ("改造公交线路", "条", "优化公交线路"),
        ("药店零售环节抽检", "批次", "药店零售环节抽检"),
        ("发放津贴老年人", "名", "发放津贴的老人"),
        ("发放生活补贴", "万元", "发放生活补贴"),
        ("茶叶产业链建设开局", "条", "建设茶叶产业链"),
        ("保种场开展性能测定等工作", "个", "保种场开展性能测定"),
        ("新入规食品加工企业", "家", "新增规模以上食品加工企业"),
        ("建便民桥", "座", "建设便民桥"),
        ("避免伤亡", "人", "避免伤亡人数"),
        ("提高残疾人养老金", "次", "调高残疾人养老金"),
        ("提高残疾人养老金", "元", "残疾人养老金"),
        ("免费提供降压药物贫困的患者", "名", "接受免费降压药物的贫困患者"),
        ("普通高中全覆盖", "所", "普通高中全覆盖（主体见原文）"),
        ("带动综合消费", "万元", "带动综合消费（主体见原文）"),
        ("配备呼叫终端社区养老院、卫生院", "家", "提供呼叫终端的社区养老院、卫生院"),
        ("免费体检老年人", "人", "接受免费体检的老人"),
        ("居民基本生活得到有效保障", "万", "居民基本生活得到保障"),
        ("典型案例向全国推广", "个", "典型案例向全国推广"),
        ("建筑企业", "家", "建筑企业"),
        ("医院提前两周投放号源", "%", "医院提前两周投放号源比例"),
    ],
)
def test_names_tell_what_they_leave_to_the_text(phrase: str, unit: str, chinese: str) -> None:
    found = describe(identify(phrase, "level", unit), Counter([Use(phrase, "level", unit)]))
    assert found["name_zh"] == chinese


def test_a_rate_of_a_group_is_no_rate_of_all() -> None:
    assert identify("应届中专毕业生就业率", "level", "%") != identify("就业率", "level", "%")
    assert identify("重点课题企业牵头比例", "level", "%") != identify("企业牵头比例", "level", "%")
