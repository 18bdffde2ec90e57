"""Make the README's pictures from those that the browser tests take when they are told where to put them:

PICTURES=.local-test/pictures ./test && .venv/bin/python scripts/readme_pictures.py
"""

from pathlib import Path

from PIL import Image

PROJECT = Path(__file__).resolve().parents[1]
TAKEN = PROJECT / ".local-test" / "pictures"
KEPT = PROJECT / "docs" / "pictures"
# Picture of the tests → name here, and how much of its height is worth showing.
WANTED = {
    "start-desk": ("start", 900),
    "urgent-desk": ("urgent", 1000),
    "referral-decided-desk": ("referral-decided", 1300),
    "queue-desk": ("queue", 1300),
    "intake-desk": ("intake", 1300),
    "send-now-check-phone": ("phone", 1100),
}


def main() -> None:
    KEPT.mkdir(exist_ok=True)
    for taken, (name, height) in WANTED.items():
        picture = Image.open(TAKEN / f"{taken}.png").convert("RGB")
        picture = picture.crop((0, 0, picture.width, min(picture.height, height)))
        if picture.width > 1000:
            picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))
        picture.quantize(64).save(KEPT / f"{name}.png", optimize=True)
        print(KEPT / f"{name}.png")


if __name__ == "__main__":
    main()
