"""What passed is kept until something that it hangs on changes: a long run that was broken off goes
on where it was. A file for each passed thing holds the digest of what it hung on, and a count."""
import hashlib
import os


def digest_of(*things):
    """Of bytes, and of what lies in files and below folders (names, where paths are given)."""
    digest = hashlib.sha256()
    for thing in things:
        for path in [] if isinstance(thing, bytes) else files_below(thing):
            with open(path, "rb") as file:
                digest.update(path.encode() + b"\0" + hashlib.sha256(file.read()).digest())
        if isinstance(thing, bytes):
            digest.update(hashlib.sha256(thing).digest())
    return digest.hexdigest()


def files_below(path):
    if os.path.isfile(path):
        return [path]
    found = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
    return sorted(found)


def load(path, digest):
    """How much passed there; None if nothing did, or with another digest."""
    try:
        with open(path, encoding="ascii") as file:
            known, count = file.read().split()
    except FileNotFoundError:
        return None
    return int(count) if known == digest else None


def keep(path, digest, count):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(f"{digest} {count}\n")
    os.replace(path + ".new", path)
