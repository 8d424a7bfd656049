"""Looks at exports with readers that are not ours: the official schemas, pandoc, python-docx, the Nu HTML checker.

validate.py FOLDER SCHEMAS [VNU_JAR]

FOLDER holds exports as NAME.FORMAT.LEVEL.ENDING, and beside each the copy as it is filed, NAME.text.LEVEL.txt;
in said/ lies what each says it left out. SCHEMAS
holds the official schemas (or is `-`). Prints what it looked at and every fault; ends with 1 where there is one."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import docx
import jsonschema
import lxml.etree
import pypandoc

folder, schemas = pathlib.Path(sys.argv[1]), sys.argv[2]
vnu = sys.argv[3] if len(sys.argv) > 3 else None
faults, looked_at = [], {}


def files(kind):
    found = sorted(folder.glob(f"*.{kind}.*"))
    looked_at[kind] = len(found)
    if not found:
        faults.append(f"no export as {kind} is there")
    return found


def fault(path, what):
    faults.append(f"{path.name}: {what}")


def letters(text):
    return "".join(c for c in text if c.isalnum())


def copy_of(path):
    name, _, level, _ = path.name.rsplit(".", 3)
    return (folder / f"{name}.text.{level}.txt").read_text()


# The official schema imports the attributes of `xml:` from a file of the W3C; these are the ones that it uses.
XML_XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:string"/><xs:attribute name="base" type="xs:anyURI"/>
<xs:attribute name="id" type="xs:ID"/><xs:attribute name="space" type="xs:NCName"/>
<xs:attributeGroup name="specialAttrs"><xs:attribute ref="xml:lang" xmlns:xml="http://www.w3.org/XML/1998/namespace"/></xs:attributeGroup>
</xs:schema>"""


def xml_schema(name):
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        (place / "xml.xsd").write_text(XML_XSD)
        text = (pathlib.Path(schemas) / name).read_text()
        # Ruby annotation is a file of its own, and nothing of it is written here.
        text = text.replace('<include schemaLocation="nitf-3-6-ruby-include.xsd"/>', "")
        text = text.replace('<element ref="nitf:ruby"/>', "")
        (place / name).write_text(text)
        return lxml.etree.XMLSchema(lxml.etree.parse(str(place / name)))


def with_schemas():
    place = pathlib.Path(schemas)
    ninjs = jsonschema.Draft202012Validator(
        json.loads((place / "ninjs-schema_3.1.json").read_text()),
        format_checker=jsonschema.FormatChecker(),
    )
    for path in files("ninjs"):
        for error in ninjs.iter_errors(json.loads(path.read_text())):
            fault(path, f"{error.json_path}: {error.message[:200]}")
    csl = jsonschema.Draft7Validator(json.loads((place / "csl-data.json").read_text()))
    for path in files("csl"):
        for error in csl.iter_errors(json.loads(path.read_text())):
            fault(path, f"{error.json_path}: {error.message[:200]}")
    newsml, nitf = xml_schema("NewsML-G2_2.35-spec-All-Power.xsd"), xml_schema("nitf-3-6.xsd")
    for path in files("newsml"):
        tree = lxml.etree.parse(str(path))
        inner = tree.find(".//{http://iptc.org/std/NITF/2006-10-18/}nitf")
        for schema, part in ((newsml, tree.getroot()), (nitf, inner)):
            if part is None:
                fault(path, "no NITF in it")
                continue
            part = lxml.etree.fromstring(lxml.etree.tostring(part))
            if not schema.validate(part):
                fault(path, str(schema.error_log.last_error))


def with_readers():
    for path in files("docx"):
        document = docx.Document(str(path))
        is_public = ".public." in path.name
        comments = list(document.comments)
        if is_public and any(comment.author != "Source" for comment in comments):
            fault(path, "a comment at the public level that is no open source")
        for comment in comments:
            if not comment.text.strip() or not comment.author:
                fault(path, "a comment without words or author")
        plain = pypandoc.convert_file(str(path), "plain", extra_args=PLAIN)
        missing(path, plain)
        both = pypandoc.convert_file(str(path), "native", extra_args=["--track-changes=all"])
        if both.count("comment-start") != len(comments):
            fault(path, f"pandoc finds {both.count('comment-start')} comments, python-docx {len(comments)}")
    for path in files("markdown"):
        # A note of CriticMarkup stands between words, and pandoc takes it for some.
        text = re.sub(r" ?\{>>.*?<<\}", "", path.read_text(), flags=re.S)
        missing(path, pypandoc.convert_text(text, "plain", format="markdown", extra_args=PLAIN))
    for kind in ("html", "annotated"):
        for path in files(kind):
            text = path.read_text()
            if "<script" in text.replace('<script type="application/ld+json">', ""):
                fault(path, "a script")
            if kind == "html":
                data = text.split('<script type="application/ld+json">')[1].split("</script>")[0]
                if json.loads(data).get("@type") != "NewsArticle":
                    fault(path, "no NewsArticle in it")
            text = re.sub(r'<sup>.*?</sup>|<span class="note">.*?</span>', "", text)
            missing(path, pypandoc.convert_text(text, "plain", format="html", extra_args=PLAIN))


# A table is wrapped in its cells, so that its words do not stand side by side.
PLAIN = ["--wrap=none", "--standalone", "--columns=2000"]


def missing(path, text):
    """Every line of the copy is in what a reader makes of the export, but for what the export says it left out."""
    text = letters(re.sub(r"\[\d+\]", "", text))
    said = path.parent / "said" / path.name
    left_out = letters(said.read_text()) if said.exists() else ""
    for line in copy_of(path).splitlines():
        bare = letters(line)
        without_by = letters(line.strip().removeprefix("By "))
        if bare not in text and without_by not in text and bare not in left_out:
            fault(path, f"words are lost: {line[:80]}")


if schemas != "-":
    with_schemas()
with_readers()
if vnu:
    pages = [*files("html"), *files("annotated")]
    result = subprocess.run(
        ["java", "-jar", vnu, "--errors-only", "--format", "json", *map(str, pages)],
        capture_output=True,
        text=True,
    )
    told = json.loads(result.stderr or '{"messages": []}')
    for message in told["messages"]:
        faults.append(f"{message.get('url', '?').rsplit('/', 1)[-1]}: HTML: {message['message'][:200]}")
    looked_at["nu"] = len(pages)

print(", ".join(f"{count} {kind}" for kind, count in looked_at.items()))
for one in faults[:40]:
    print(one)
print(f"{len(faults)} faults")
sys.exit(1 if faults else 0)
