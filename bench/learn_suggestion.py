"""Learns from labelled narratives what speaks for which descriptor, and writes thresholds/learned/suggestion.npz.

Run from the project's folder: .venv/bin/python -m bench.learn_suggestion

Takes some ten minutes. Needed after a change of the lexicon, of how texts are read, of a shipped pack's wordings or of
the narratives in tests/thresholds/narratives/learning; `bench.suggest_quality --write` then says how good it is. No
narrative that is kept apart is read. Texts, seeds and numbers are fixed; on another processor the last digits differ.
"""

from time import perf_counter

import numpy as np

from bench.learning import in_bytes, learn
from bench.learning_texts import areas, digest
from thresholds import files


def main() -> None:
    """Learn, and write what was learned."""
    begun = perf_counter()
    read = areas()
    for slug, area in read.items():
        print(
            f"{slug}: {len(area.wordings)} descriptors, {len(area.narratives)} narratives, {len(area.sentences)} lines"
        )
    print(f"read in {perf_counter() - begun:.0f} s")
    vectors = learn(read)
    text, text_scale = in_bytes(vectors.text_vectors)
    wording, wording_scale = in_bytes(vectors.wording_vectors)
    files.LEARNED.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        files.LEARNED,
        said=np.array("\n".join(vectors.text.rows)),
        text_vectors=text,
        text_scale=text_scale,
        named=np.array("\n".join(vectors.wording.rows)),
        wording_vectors=wording,
        wording_scale=wording_scale,
        nothing=vectors.nothing,
        phrases=np.array(vectors.phrases),
        learned_from=np.array(digest()),
    )
    size = files.LEARNED.stat().st_size
    print(f"learned in {perf_counter() - begun:.0f} s, {len(text)} parts of texts, {size:,} bytes")


if __name__ == "__main__":
    main()
