#!/usr/bin/env python3
"""Prints the digests that a record of format 1 must hold, from its rows alone.

digests.py RECORD.bwr > RECORD.txt      Written from storage/record_format.hpp's description, with
the standard library only; an auditor may use it to check a closed record without Breakwater.
"""
import hashlib
import sqlite3
import struct
import sys

record = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro&immutable=1", uri=True)


def h(*parts):
    return hashlib.blake2b(b"".join(parts), digest_size=32).digest()


def sized(text):
    return struct.pack("<I", len(text.encode())) + text.encode()


genesis = h(b"breakwater record 1\n",
            *(sized(key) + sized(value)
              for key, value in record.execute("SELECT key, value FROM meta ORDER BY key")))

events = {}
for event, payload in record.execute("SELECT id, payload FROM events ORDER BY id"):
    events.setdefault(event >> 20, []).append((event, payload))

lines = {"input": [], "event": [], "state digest": [], "checkpoint": []}
after = {0: genesis}
chain = genesis
last_time = event_count = digest_count = 0
for seq, time, payload in record.execute("SELECT seq, time, payload FROM inputs ORDER BY seq"):
    chain = h(chain, b"\x01", struct.pack("<QqI", seq, time, len(payload)), payload)
    lines["input"].append(f"input {seq} {chain.hex()}")
    for event, body in events.get(seq, []):
        chain = h(chain, b"\x02", struct.pack("<QI", event, len(body)), body)
        lines["event"].append(f"event {event} {chain.hex()}")
        event_count += 1
        if (body[1:],) in record.execute("SELECT digest FROM state_digests WHERE id = ?", (event,)):
            lines["state digest"].append(f"state digest {event} {chain.hex()}")
            digest_count += 1
    after[seq] = chain
    last_time = time

checkpoint = genesis
for seq, time, digest, state in record.execute(
        "SELECT seq, time, state_digest, state FROM checkpoints ORDER BY seq"):
    checkpoint = h(checkpoint, b"\x03", struct.pack("<Qq", seq, time), digest, after[seq],
                   struct.pack("<Q", len(state)), state)
    lines["checkpoint"].append(f"checkpoint {seq} {checkpoint.hex()}")

(state,) = record.execute("SELECT state FROM tail").fetchone()
tail = h(genesis, b"\x04", struct.pack("<BQqQQQ", state, max(after), last_time, event_count,
                                       digest_count, len(lines["checkpoint"])), chain, checkpoint)
for kind in lines.values():
    print("".join(line + "\n" for line in kind), end="")
print(f"tail {tail.hex()}")
