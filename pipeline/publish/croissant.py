"""The description of a package in Croissant 1.0, which is also one of schema.org: what machine-learning tools and Google read.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.publish import descriptor, layout

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    "string": "sc:Text",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def dataset(document: Mapping[str, Any], schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The description of a package by its descriptor and the schemas of its tables."""
    told = {key: value for key, value in schema_org(document).items() if key != "citation"}
    cited = {"citeAs": descriptor.cited(document)} if document.get("contributors") else {}
    return {
        **told,
        **cited,
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "distribution": [_file(each) for each in _all_files(document)],
        "recordSet": [_records(each, schemas[layout.table_of(each["path"])]) for each in descriptor.tables(document)],
    }


def schema_org(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a descriptor says of a package, as a Dataset of schema.org, in English; without its files."""
    temporal = document.get("temporal")
    result: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": document["name"],
        "alternateName": [document["title"], document["title_zh"]],
        "description": " ".join(filter(None, (document["description"], document.get("rights")))),
        "identifier": document.get("id"),
        "url": document.get("homepage"),
        "version": document["version"],
        "datePublished": document.get("created", "")[:10],
        "keywords": document["keywords"],
        "license": [each["path"] for each in document.get("licenses", ())],
        "creator": [{"@type": "Organization", "name": each["title"]} for each in document.get("contributors", ())],
        "citation": descriptor.cited(document) if document.get("contributors") else None,
        "isAccessibleForFree": True,
        "inLanguage": ["zh", "en"],
        "temporalCoverage": f"{temporal['start']}/{temporal['end']}" if temporal else None,
        "spatialCoverage": [place["title"] for place in document.get("spatial", ())],
        "isBasedOn": [source["path"] for source in document["sources"] if source.get("path")],
    }
    return {key: value for key, value in result.items() if value}


def _all_files(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for resource in descriptor.tables(document):
        yield resource
        yield from resource.get("alternates", ())


def _file(file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file["path"],
        "name": file["path"],
        "contentUrl": file["path"],
        "encodingFormat": file["mediatype"],
        "sha256": file["hash"].removeprefix("sha256:"),
    }


def _records(resource: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    name, path = resource["name"], resource["path"]
    keys = [{"@id": f"{name}/{column}"} for column in declared["primaryKey"]]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["description"],
        "key": keys,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field['name']}",
                "name": field["name"],
                "description": field["description"],
                "dataType": _TYPES[field["type"]],
                **({"equivalentProperty": field["rdfType"]} if "rdfType" in field else {}),
                "source": {"fileObject": {"@id": path}, "extract": {"column": field["name"]}},
            }
            for field in declared["fields"]
        ],
    }
