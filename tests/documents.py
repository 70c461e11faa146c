"""One made-up report as files of every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile

LINES = [
    "政府工作报告",
    "——2031年1月8日在浙江省安吉县第十七届人民代表大会第五次会议上",
    "安吉县人民政府县长 某某",
    "各位代表：",
    "现在，我代表县人民政府，向大会报告工作，请予审议。",
    "一、2030年工作回顾",
    "过去一年，全县地区生产总值达到612.5亿元，增长5.8%；一般公共预算收入完成64.3亿元，增长3.1%。",
    "新增规模以上工业企业36家，建成高标准农田2.4万亩。",
    "二、2031年工作安排",
    "今年的主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业8000人以上，城镇调查失业率控制在5%以内。",
    "附表：2030年主要指标完成情况",
]
TABLE = [
    ["指标", "单位", "绝对额", "比上年增长（%）"],
    ["粮食产量", "万吨", "12.6", "-1.5"],
    ["社会消费品零售总额", "亿元", "301.4", "6.2"],
]
TEXT = "".join(f"{line}\n" for line in [*LINES, *("\t".join(row) for row in TABLE)])
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def markdown() -> bytes:
    body = [f"## {line}" if line[1] == "、" else line.replace("5.8%", "**5.8%**") for line in LINES[1:]]
    rows = ["| " + " | ".join(row) + " |" for row in TABLE]
    return "\n\n".join([f"# {LINES[0]}", *body, "\n".join([rows[0], "|---|---|---|---|", *rows[1:]])]).encode()


def html() -> bytes:
    paragraphs = "".join(f"<p style='text-indent:32pt'>{line}</p>" for line in LINES[1:])
    rows = "".join("<tr>" + "".join(f"<td width=40>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>政府工作报告_安吉县</title><style>p{margin:12px}</style>"
        "<script>var a=55;</script></head><body><nav><ul><li><a href='/'>首页</a></li></ul></nav><div style='width:95%'>"
        f"<h1>{LINES[0]}</h1>{paragraphs.replace('612.5', '<span>612.5</span>')}<table border=1>{rows}</table></div>"
        "<ul><li><a href='/3'>3月份要闻</a></li></ul><footer>备案号12345</footer></body></html>"
    ).encode()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def document(body: str) -> str:
    return f"<w:document {_W}><w:body>{body}</w:body></w:document>"


def docx() -> bytes:
    """The headings have the numbers of an automatic list, and paragraphs are cut into runs."""

    def paragraph(line: str) -> str:
        if line[1] == "、":
            number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
            return f"<w:p>{number}<w:r><w:t>{line[2:]}</w:t></w:r></w:p>"
        half = len(line) // 2
        runs = "".join(f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in (line[:half], line[half:]))
        return f"<w:p>{runs}</w:p>"

    cells = (
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in TABLE
    )
    numbering = (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = "".join(map(paragraph, LINES)) + f"<w:tbl>{''.join(cells)}</w:tbl>"
    return zipped({"word/document.xml": document(body), "word/numbering.xml": numbering})


def pdf(pages: list[list[tuple[int, int, int, str]]]) -> bytes:
    """A PDF of texts at (x, y) in a size, in the font that every reader has for Chinese."""
    objects = [
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
        b"/Supplement 2 >> /FontDescriptor 2 0 R /DW 1000 >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /StemV 80 >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [1 0 R] >>",
    ]
    root = len(objects) + 2 * len(pages) + 1
    for page in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in page
        ).encode()
        objects.append(b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (root, len(objects))
        )
    kids = b" ".join(b"%d 0 R" % number for number in range(5, root, 2))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % root)
    file = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def printed(per_line: int = 34, per_page: int = 5) -> bytes:
    """The report as a PDF: lines of `per_line` characters, a running title and a number on every page."""
    lines = []
    for line in LINES:
        first = 94 if len(line) >= per_line else 70
        cut = per_line - 2 if len(line) >= per_line else per_line
        lines.append((first, line[:cut]))
        lines += [(70, line[at : at + per_line]) for at in range(cut, len(line), per_line)]
    pages = []
    for at in range(0, len(lines), per_page):
        page = [(x, 780 - 20 * row, 12, text) for row, (x, text) in enumerate(lines[at : at + per_page])]
        pages.append([(70, 815, 9, "安吉县政府文件"), *page, (285, 40, 10, f"- {len(pages) + 1} -")])
    for row, cells in enumerate(TABLE):
        pages[-1] += [(x, 600 - 20 * row, 12, cell) for x, cell in zip((70, 250, 330, 420), cells, strict=True)]
    return pdf(pages)


def csv_file() -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["省份", "城市", "区县", "年份", "正文"], ["浙江省", "湖州市", "安吉县", "2031", TEXT]])
    return file.getvalue().encode("utf-8-sig")


def jsonl() -> bytes:
    return (json.dumps({"title": "政府工作报告", "text": TEXT}, ensure_ascii=False) + "\n").encode()


def xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["年份", "正文"], [2031, TEXT]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
