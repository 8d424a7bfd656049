#!/usr/bin/env python3
"""Makes a recorded session of an editor a fixture: what the editor sent, without the paths and names of the machine.

fixture.py RECORDED.jsonl FOLDER > NAME.jsonl
RECORDED has a line {"dir": "c2s"|"s2c", "msg": {…}} for each message; FOLDER is where the copy of tests/editors/workspace lay.
What the editor answered to the server stands as {"answers": METHOD, "result": …}, in order; its own messages as {"msg": …}.
"""
import json, re, sys

recorded, folder = sys.argv[1], sys.argv[2].rstrip("/")
home = re.compile(r"/(?:home|root|tmp|var|opt|usr|work|Users)(?:/[^\s\"',:;)]*)?")

def plain(value):
    """Without paths: the folder is {desk}, any other path /elsewhere."""
    if isinstance(value, str):
        if len(value) > 20000:
            return value[:20000]
        return home.sub("/elsewhere", value.replace(folder, "{desk}"))
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items()}
    return value

asked = {}
for line in open(recorded, encoding="utf-8"):
    entry = json.loads(line)
    message = entry.get("msg")
    if message is None:
        continue
    if entry["dir"] == "s2c":
        if "method" in message and "id" in message:
            asked[message["id"]] = message["method"]
        continue
    if "method" in message:
        if message["method"] == "initialize":
            message["params"]["processId"] = None
        out = {"msg": message}
    else:
        out = {"answers": asked[message["id"]]}
        out.update({key: message[key] for key in ("result", "error") if key in message})
    print(json.dumps(plain(out), ensure_ascii=False))
