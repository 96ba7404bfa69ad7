"""Whether the schema of case files and the review agree: what the review calls a fault of form the schema
flags, and it refuses nothing else. `step.py TJUT ROOT FILE…`"""
import json
import os
import re
import subprocess
import sys

import jsonschema
import yaml

# Faults of form that a schema can see: of keys, of the kinds of values, of the words that are allowed.
FORM = {
    "datum-form", "fel-typ", "nyckel-annan-mall", "nyckel-saknas", "nyckel-versal", "okänd-kod", "okänd-nyckel",
    "okänt-värde", "tom-text",
}
# What it cannot: YAML's own mapping has lost the first of two keys, and what a remissinstans must have
# depends on what its tjänsteutlåtande says.
BEYOND = {"nyckel-saknas.remissinstans.yaml"}


class Loader(yaml.SafeLoader):
    """Reads dates and truth values as the texts that they are."""


KEPT = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:null")
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in KEPT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

tjut, root, *files = sys.argv[1:]
schema = json.loads(subprocess.run([tjut, "schema"], capture_output=True, check=True).stdout)
validator = jsonschema.Draft7Validator(schema)
report = subprocess.run([tjut, "check", "--format", "json", *files], cwd=root, capture_output=True).stdout
errors = {}
for finding in json.loads(report)["findings"]:
    if finding["severity"] == "fel":
        errors.setdefault(finding.get("file"), set()).add(finding["code"])
wrong = 0
for file in files:
    if os.path.basename(file) in BEYOND:
        continue
    try:
        with open(os.path.join(root, file), encoding="utf-8-sig") as text:
            said = text.read()
    except UnicodeDecodeError:
        continue
    # What the review reads as it was meant is no YAML to anybody else.
    if re.search(r"^[\t\u00a0]", said, re.M):
        continue
    try:
        case = yaml.load(said, Loader)
    except (yaml.YAMLError, ValueError):
        continue
    if not isinstance(case, dict):
        continue
    flagged = [f"{'/'.join(map(str, error.path))}: {error.message[:120]}" for error in validator.iter_errors(case)]
    form = errors.get(file, set()) & FORM
    if bool(flagged) != bool(form):
        wrong += 1
        print(f"{file}: check {sorted(form) or 'has no fault of form'}, the schema {flagged[:2] or 'has none'}")
print(f"{len(files)} ärenden: schemat och granskningen", "är ense" if not wrong else f"skiljer sig i {wrong}")
sys.exit(bool(wrong))
