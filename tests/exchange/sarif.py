"""Holds a SARIF log against the official JSON Schema.

sarif.py LOG SCHEMA

Prints how many results there are and every fault; ends with 1 where there is one."""

import json
import pathlib
import sys

import jsonschema

log, schema = (json.loads(pathlib.Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3])
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
faults = list(validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(log))
for fault in faults:
    print(f"{fault.json_path}: {fault.message[:200]}")
results = [result for run in log["runs"] for result in run["results"]]
fixes, stood = (sum(bool(result.get(key)) for result in results) for key in ("fixes", "suppressions"))
print(f"{len(results)} results, {fixes} with fixes, {stood} suppressed; {len(faults)} faults")
sys.exit(1 if faults else 0)
