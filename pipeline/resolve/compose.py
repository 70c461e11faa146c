from hashlib import sha256
def composed_id(text: str, measure: str, unit: str) -> str:
    return "x_" + sha256(text.encode()).hexdigest()[:8]
